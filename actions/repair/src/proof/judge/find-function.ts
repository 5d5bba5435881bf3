import { bareFunctionName } from "@patchpilot/evidence";

/** How functions begin, in the languages that tests are read of. Its name is the first group that is there. */
const BEGINNINGS: readonly RegExp[] = [
  /^\s*(?:async\s+)?def\s+(?:self\.)?([\w?!]+)/,
  /^\s*(?:(?:export|default|async|public|private|protected|static|final|abstract)\s+)*function\s*[*&]?\s*([\w$]+)/,
  /^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*\)[^=]*=>|[\w$]+\s*=>)/,
  /^\s*(?:[\w$.]+\.)?([\w$]+)\s*[:=]\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>)/,
  /^func\s+(?:\([^)]*\)\s*)?(\w+)/,
  /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)/,
  /^\s*(?:(?:public|private|protected|static|final|abstract|async|override|open|suspend|internal|virtual|get|set)\s+)*(?:fun\s+)?(?:function\s+)?(?:[\w<>[\],.?\s]+\s)?([\w$#]+)\s*\((?![^;]*\bfunction\b)[^;]*\)\s*(?:throws\s+[\w.,\s]+)?(?::\s*[\w<>[\]|?\\.\s]+|->\s*[\w<>[\]]+)?\s*\{/,
];

/** Words that look like a function's beginning and are none. */
const NO_NAMES: ReadonlySet<string> = new Set([
  "if",
  "for",
  "foreach",
  "while",
  "switch",
  "catch",
  "return",
  "with",
  "do",
  "else",
  "elseif",
  "match",
  "using",
  "lock",
  "synchronized",
  "try",
  "when",
  "declare",
  "unless",
  "until",
]);

/** Lines that end what begins a function, above its body and no less deep than its first line. */
const ENDS_HEAD = /^\s*(?:[{)]|where\b)/;

/** The name of the function that a line lies in, by what is above it and less deep; undefined for none. Pure. */
export function findFunction(text: string, line: number): string | undefined {
  const lines = text.split("\n");
  const own = lines[line - 1];
  if (own === undefined) return undefined;
  let depth = own.trim() === "" ? Number.POSITIVE_INFINITY : countIndent(own);
  let head = "";
  for (let at = line - 1; at >= 0; at -= 1) {
    const above = lines[at] ?? "";
    const indent = countIndent(above);
    const isHead = head !== "" && indent === depth && !/[;}]\s*$/.test(above);
    if (above.trim() === "" || (at < line - 1 && indent >= depth && !isHead)) continue;
    head = isHead ? `${above.trimEnd()} ${head}` : above.trim();
    const name = readName(head);
    if (name !== undefined) return name;
    if (!ENDS_HEAD.test(above)) head = "";
    depth = Math.min(depth, indent);
  }
  return undefined;
}

const countIndent = (line: string): number => line.length - line.trimStart().length;

function readName(line: string): string | undefined {
  for (const begins of BEGINNINGS) {
    const name = begins.exec(line)?.[1];
    if (name !== undefined && !NO_NAMES.has(name)) return bareFunctionName(name) ?? name;
  }
  return undefined;
}
