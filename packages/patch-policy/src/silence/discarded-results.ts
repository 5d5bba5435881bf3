import { findIn, gained, lost, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { findClose } from "../text/regions.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** What becomes of the result of a call: whoever calls looks at its error, or nobody does. */
type Use = "checked" | "dropped" | undefined;

/** @param before the line up to the call @param after what follows its closing bracket */
type JudgeUse = (before: string, after: string, callee: string) => Use;

const BLANK = /^\s*$/;

const USES: Readonly<Record<string, JudgeUse>> = {
  rust: (before, after) => {
    if (/\blet\s+_\w*\s*=\s*(?:[\w.]+\.)?$/.test(before) && /^\s*(?:\.await)?\s*;/.test(after)) return "dropped";
    if (/^\s*(?:\.await)?\s*\.(?:ok\(\)\s*;|unwrap_or(?:_default)?\s*\()/.test(after)) return "dropped";
    return /^\s*(?:\.await)?\s*\?/.test(after) ? "checked" : undefined;
  },
  go: (before) => {
    if (/(?:\berr\s*:?=|,\s*err\s*:?=|\breturn)\s*$/.test(before)) return "checked";
    return BLANK.test(before) || /^\s*_(?:\s*,\s*_)*\s*:?=\s*$/.test(before) ? "dropped" : undefined;
  },
  swift: (before) => {
    if (/\btry\?\s*(?:await\s+)?$/.test(before)) return "dropped";
    return /\btry\s+(?:await\s+)?$/.test(before) ? "checked" : undefined;
  },
  elixir: (before, _, callee) => {
    if (callee.endsWith("!") || /(?:\{:ok,[^}\n]*\}|:ok)\s*=\s*$/.test(before)) return "checked";
    return /^\s*(?:_\w*\s*=\s*)?$/.test(before) ? "dropped" : undefined;
  },
  ruby: (before, _, callee) => {
    if (callee.endsWith("!")) return "checked";
    return BLANK.test(before) ? "dropped" : undefined;
  },
  scala: (before, after) => {
    if (/\bTry\s*\(\s*$/.test(before)) return /^\s*\)\s*\.(?:getOrElse|toOption|recover)/.test(after) ? "dropped" : undefined;
    return "checked";
  },
};

const CALLEE = /[A-Za-z_@][\w@]{0,60}(?:(?:\.|::)\w{1,60}){0,6}[!?]?(?=\()/g;

/** Calls by the name of what is called, where their result is used in one way. */
const callsWith = (use: Use) => (version: Version): Occurrence[] => {
  const judge = USES[version.language.name];
  if (judge === undefined) return [];
  const { code } = version;
  return [...code.matchAll(CALLEE)].flatMap(({ index, 0: callee }) => {
    const line = code.lastIndexOf("\n", index) + 1;
    const before = code.slice(Math.max(line, index - 200), index);
    const close = findClose(version, index + callee.length);
    if (judge(before, code.slice(close, close + 80), callee) !== use) return [];
    const head = index - (/\S[^\n]*$/.exec(before)?.[0].length ?? 0);
    const end = close + (/^[^\n;]*;?/.exec(code.slice(close, close + 80))?.[0].length ?? 0);
    return [occurrence(version, callee.replace(/[!?]$/, ""), index, close - 1, [[head, end]])];
  });
};

/** Answers of others that were checked, in one call. */
const CHECK =
  /\.(?:raise_for_status|raise_for_error|EnsureSuccessStatusCode|error_for_status|throwIfFailed|orThrow|throw)\s*\(\s*\)/g;
const checks = (version: Version): Occurrence[] =>
  version.kind === "test" ? [] : findIn(version, version.code, CHECK, () => "check");

/** Calls by which many errors become none. */
const GATHER =
  /\breturn_exceptions\s*=\s*True\b|\bPromise\.allSettled\s*\((?![\s\S]{0,600}(?:\.reason\b|rejected))|\bdiscard_on\s+(?:StandardError|Exception)\b|\.ignore\(\)\s*;|\blet\s+_\w*\s*=\s*(?:std::)?(?:panic::)?catch_unwind\s*\(|\bsave\s*\(\s*validate:\s*false\s*\)/g;
const gathers = (version: Version): Occurrence[] =>
  version.kind === "test" ? [] : findIn(version, version.code, GATHER);

/** Results that a caller looked at, and that nobody looks at after the patch. Pure. */
export function judgeResults(patch: PatchText): SilenceSighting[] {
  const checked = new Set(lost(patch, callsWith("checked")).map(({ key }) => key));
  const dropped = gained(patch, callsWith("dropped")).filter(({ key }) => checked.has(key));
  return [
    ...sightAll(dropped, "swallows-error", "drops the result of a call that it looked at"),
    ...sightAll(lost(patch, checks), "swallows-error", "no longer checks an answer", "before"),
    ...sightAll(gained(patch, gathers), "swallows-error", "takes errors for results"),
  ];
}
