import { type PatchText, type Version, versionsAfter, versionsBefore } from "./patched-file.ts";
import { findClose } from "./regions.ts";

/** Something that a rule looks for, at a place of a version. `key` is what makes two of them the same. */
export type Occurrence = {
  readonly key: string;
  readonly path: string;
  /** First and last line, from 1. */
  readonly from: number;
  readonly to: number;
  /** Offsets of the parts that it is made of; the second is that of the character after the last. */
  readonly spans: readonly (readonly [from: number, to: number])[];
};

/** Finds all occurrences in one version. */
export type Find = (version: Version) => readonly Occurrence[];

/** What stands in the patch's files after it more often than before: code that only moves is not gained. */
export const gained = (patch: PatchText, find: Find): Occurrence[] =>
  surplus(versionsAfter(patch).flatMap(find), versionsBefore(patch).flatMap(find), patch, "after");

/** What stands in the patch's files before it more often than after. */
export const lost = (patch: PatchText, find: Find): Occurrence[] =>
  surplus(versionsBefore(patch).flatMap(find), versionsAfter(patch).flatMap(find), patch, "before");

/** Of equal ones those on changed lines are the surplus, so that a finding names the line that a person looks for. */
function surplus(
  these: readonly Occurrence[],
  others: readonly Occurrence[],
  patch: PatchText,
  side: "before" | "after",
): Occurrence[] {
  const left = new Map<string, number>();
  for (const { key } of others) left.set(key, (left.get(key) ?? 0) + 1);
  const changed = new Map(patch.files.map((file) => [file.path, file[side]?.changed]));
  const ranked = these.map((one) => ({ one, touches: touches(one, changed.get(one.path)) }));
  const ordered = [...ranked.filter((each) => !each.touches), ...ranked.filter((each) => each.touches)];
  return ordered.flatMap(({ one }) => {
    const count = left.get(one.key) ?? 0;
    left.set(one.key, count - 1);
    return count <= 0 ? [one] : [];
  });
}

function touches({ from, to }: Occurrence, changed: ReadonlySet<number> | undefined): boolean {
  for (let line = from; line <= to; line += 1) if (changed?.has(line)) return true;
  return false;
}

/** Thousands of long keys would fill the memory; the beginning and the length tell them apart. */
const shortKey = (key: string): string => (key.length > 400 ? `${key.slice(0, 400)}…${key.length}` : key);

/** An occurrence from one offset to another. Blanks do not make a difference to its key. */
export function occurrence(
  version: Version,
  key: string,
  from: number,
  to: number,
  spans: Occurrence["spans"] = [[from, to + 1]],
): Occurrence {
  return {
    key: shortKey(key.replace(/\s+/g, " ").trim()),
    path: version.path,
    from: version.lineOf(from),
    to: version.lineOf(Math.max(from, to)),
    spans,
  };
}

/**
 * Occurrences of a pattern in a text of the version: in `code` strings are blank, and a text that only speaks of the
 * pattern is none; `bare` and `raw` have the same offsets.
 * @param pattern with the flag `g`
 * @param keyOf what tells matches apart; absent: their text
 */
export function findIn(
  version: Version,
  text: string,
  pattern: RegExp,
  keyOf: (match: RegExpExecArray) => string = ([found]) => found,
): Occurrence[] {
  return [...text.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].trimEnd().length;
    // A call is whole with what it is given.
    const isCall = version.code[end - 1] === "(";
    const to = isCall ? findClose(version, end - 1) : Math.max(end, match.index + 1);
    return occurrence(version, keyOf(match), match.index, to - 1);
  });
}
