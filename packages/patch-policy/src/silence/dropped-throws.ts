import { findIn, lost } from "../text/occurrences.ts";
import type { PatchedFile, PatchText, Replacement, Version } from "../text/patched-file.ts";
import { lineSpan, readLine } from "./lines.ts";
import { type SilenceSighting, sighting } from "./sighting.ts";
import { isIdle } from "./swallowed-errors.ts";

/** Statements by which code says that something is wrong. */
const THROW =
  /(?<![\w.$])(?:throw|raise|panic!|bail!|ensure!|fatalError|preconditionFailure|return\s+(?:nil,\s*)?(?:Err\(|errors\.New|fmt\.Errorf|\{:error))(?![\w])/g;

const throwsIn = (version: Version) =>
  version.kind === "test" || !version.language.code
    ? []
    : findIn(version, version.code, THROW, () => "throw");

/** Statements without the condition before them: `if (a) return;`, `return if a`. */
const withoutGuard = (text: string): string =>
  text
    .replace(
      /^\s*(?:if|unless|guard|elif|else if)\b.{0,300}?(?:\)\s*\{?|:|\{|\belse\s*\{|\bdo)\s*(?=return|continue|break|pass|next|\}|$)/,
      "",
    )
    .replace(/\s(?:if|unless)\b.*$/, "")
    .replace(/[{}]\s*$/, "")
    .trim();

/** Places that threw and that say nothing any more. Code that handles the case in place of that is none of it. Pure. */
export function judgeThrows(patch: PatchText): SilenceSighting[] {
  if (lost(patch, throwsIn).length === 0) return [];
  return patch.files.flatMap((file) =>
    file.replacements.flatMap((replacement) => judgeReplacement(file, replacement)),
  );
}

function judgeReplacement(
  { path, before, after, kind }: PatchedFile,
  replacement: Replacement,
): SilenceSighting[] {
  if (before === undefined || kind === "test" || !before.language.code) return [];
  const thrown = replacement.removed.filter((line) => readLine(before, before.code, line).search(THROW) >= 0);
  if (thrown.length === 0) return [];
  const rest = replacement.removed.filter((line) => !belongsToThrow(readLine(before, before.code, line)));
  if (rest.length > 0) return [];
  const said = replacement.added.map((line) =>
    after === undefined ? "" : readLine(after, after.code, line),
  );
  if (!said.every((text) => isIdle(withoutGuard(text)))) return [];
  const sentence = `\`${path}\` no longer throws an error (line ${thrown[0]} before the patch).`;
  const place = {
    path,
    from: thrown[0] ?? 1,
    spans: replacement.removed.map((line) => lineSpan(before, line)),
  };
  const now = {
    path,
    from: replacement.added[0] ?? 1,
    spans: after === undefined ? [] : replacement.added.map((line) => lineSpan(after, line)),
  };
  return [
    sighting("swallows-error", sentence, place, "before"),
    ...(replacement.added.length === 0 ? [] : [sighting("swallows-error", sentence, now)]),
  ];
}

/** A throw, its condition, or a bracket. */
const belongsToThrow = (text: string): boolean =>
  text.search(THROW) >= 0 || /^\s*(?:(?:if|unless|guard|else|elif)\b.*|[{}();]*|end)\s*$/.test(text);
