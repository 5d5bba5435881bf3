import type { PatchText, Version } from "../text/patched-file.ts";
import type { SilenceSighting } from "./sighting.ts";
import { isIdle } from "./swallowed-errors.ts";
import { isTestLine } from "./test-lines.ts";

const TOKEN = /[A-Za-z_$@][\w$]*|\d[\w.]*|"[^"\n]*"|'[^'\n]*'|`[^`]*`|[^\s\w]/g;

/** Words, signs and values that do nothing by themselves. */
const IDLE = new Set(
  "( ) { } [ ] ; , . : ' \" ` \\ = let const var val final def end do begin try then this self pass return null None nil undefined true false True False 0 1 async await public private static _ defer func".split(
    " ",
  ),
);
const EMPTY_TEXT = /^(?:""|''|``)$/;

/** Lines that do nothing for whoever has an error: imports, and what is only written to a log. */
const IDLE_LINE =
  /^\s*(?:import\b|from\s+\S+\s+import\b|(?:const|let|var)\s+.*=\s*require\(|require(?:_relative)?\b|use\s+[\w\\]+;|using\s+[\w.]+;|package\b|#include\b|(?:console|logger|log|logging|Log|slog)\.\w+\(.*\)?;?\s*$|(?:print|println|puts)\b)/;

/** What goes with silence: it tries again, counts how often, and gives a fixed value at last. */
const COMPANION =
  /^(?:if|else|match|case|when|switch|for|while|loop|until|in|of|range|with|some|Ok|ok|Right|Success|defer|func|fn|try|catch|do|int|long|final|usize|u32|i|n|r|e|err|_+|attempts?|retr(?:y|ies)|tries|max_?(?:attempts|retries)|[<>+*&|-]|\d[\w.]*)$/i;

/** Names that a line only makes: `let label;`, `result = …`. */
const MADE = /(?:\b(?:let|const|var|val)\s+|^\s*)(\w+)(?:\s*:\s*[\w<>[\]| ]+)?\s*:?(?==(?!=)|;|$)/g;

/**
 * Whether the patch does anything beside what the sightings explain: words and signs that programs and settings gain
 * or lose. Code that is only moved, wrapped or indented anew has neither. Tests and documents are no repair. Pure.
 */
export function doesRealWork({ files }: PatchText, sightings: readonly SilenceSighting[]): boolean {
  const before = new Set<string>();
  const after = new Set<string>();
  // What gives way to silence is lost by it.
  const given = new Set<string>();
  for (const file of files) {
    if (["test", "snapshot", "docs", "lockfile"].includes(file.kind)) continue;
    const seen = (side: "before" | "after") =>
      sightings
        .filter((one) => one.path === file.path && one.explains.side === side)
        .flatMap(({ explains }) => explains.spans);
    const [silentBefore, silentAfter] = [seen("before"), seen("after")];
    const rest = {
      before: blankExplained(file.before, silentBefore),
      after: blankExplained(file.after, silentAfter),
    };
    const lines = file.after?.bare.split("\n") ?? [];
    for (const { removed, added } of file.replacements) {
      const isSilent = added.some((line) => rest.after[line - 1] !== lines[line - 1]);
      for (const token of tokensOf(file.after, rest.after, added, isSilent)) after.add(token);
      for (const token of tokensOf(file.before, rest.before, removed, false))
        (isSilent ? given : before).add(token);
    }
  }
  const isNew = (token: string): boolean => !before.has(token) && !given.has(token);
  return [...after].some(isNew) || [...before].some((token) => !after.has(token));
}

/** Tokens of lines that are no tests. @param isSilent whether the place silences something */
function tokensOf(
  version: Version | undefined,
  rest: readonly string[],
  lines: readonly number[],
  isSilent: boolean,
): string[] {
  if (version === undefined) return [];
  const read = lines.filter((line) => version.language.name !== "rust" || !isTestLine(version, line));
  return read.flatMap((line) => {
    const text = rest[line - 1] ?? "";
    if (isSilent && isIdle(text)) return [];
    return readTokens(text).filter((token) => !isSilent || !COMPANION.test(token));
  });
}

/** The lines of a version with what is explained blanked. */
function blankExplained(
  version: Version | undefined,
  spans: readonly (readonly [number, number])[],
): string[] {
  if (version === undefined) return [];
  const explained = new Uint8Array(version.bare.length);
  for (const [from, to] of spans) explained.fill(1, from, to);
  let at = 0;
  return version.bare.split("\n").map((line) => {
    const start = at;
    at += line.length + 1;
    const end = start + line.length;
    if (!explained.subarray(start, end).includes(1)) return line;
    return line
      .split("")
      .map((sign, index) => (explained[start + index] === 1 ? " " : sign))
      .join("");
  });
}

function readTokens(line: string): string[] {
  if (IDLE_LINE.test(line)) return [];
  const made = new Set([...line.matchAll(MADE)].map(([, name]) => name));
  const tokens = (line.match(TOKEN) ?? []).map((token) => token.replace(/\s+(["'`])$/, "$1"));
  return tokens.filter(
    (token) => !IDLE.has(token) && !made.has(token) && !EMPTY_TEXT.test(token),
  );
}
