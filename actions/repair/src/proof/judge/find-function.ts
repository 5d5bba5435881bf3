import { bareFunctionName } from "@patchpilot/evidence";

/** How functions begin, in the languages that tests are read of. Its name is the first group that is there. */
const BEGINNINGS: readonly RegExp[] = [
  /^\s*(?:async\s+)?def\s+(?:self\.)?([\w?!]+)/,
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/,
  /^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*\)[^=]*=>|[\w$]+\s*=>)/,
  /^\s*(?:[\w$.]+\.)?([\w$]+)\s*[:=]\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>)/,
  /^func\s+(?:\([^)]*\)\s*)?(\w+)/,
  /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)/,
  /^\s*(?:(?:public|private|protected|static|final|abstract|async|override|open|suspend|internal|virtual|get|set)\s+)*(?:fun\s+)?(?:function\s+)?(?:[\w<>[\],.?\s]+\s)?([\w$#]+)\s*\([^;]*\)\s*(?:throws\s+[\w.,\s]+)?(?::\s*[\w<>[\]|?\\.\s]+|->\s*[\w<>[\]]+)?\s*\{/,
];

/** Words that look like a function's beginning and are none. */
const NO_NAMES: ReadonlySet<string> = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "return",
  "with",
  "do",
  "else",
]);

/** The name of the function that a line lies in, by what stands above it and less deep; undefined for none. Pure. */
export function findFunction(text: string, line: number): string | undefined {
  const lines = text.split("\n");
  const own = lines[line - 1];
  if (own === undefined) return undefined;
  let depth = own.trim() === "" ? Number.POSITIVE_INFINITY : indentOf(own);
  for (let at = line - 1; at >= 0; at -= 1) {
    const above = lines[at] ?? "";
    if (above.trim() === "" || (at < line - 1 && indentOf(above) >= depth)) continue;
    const name = readName(above);
    if (name !== undefined) return name;
    if (at < line - 1) depth = indentOf(above);
  }
  return undefined;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function readName(line: string): string | undefined {
  for (const begins of BEGINNINGS) {
    const name = begins.exec(line)?.[1];
    if (name !== undefined && !NO_NAMES.has(name)) return bareFunctionName(name) ?? name;
  }
  return undefined;
}
