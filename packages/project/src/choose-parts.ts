import { isBelow } from "./find-parts.ts";
import { findLanguage, type TestedLanguage } from "./languages.ts";
import type { Part } from "./part.ts";

/** What is tested for a change. */
export type ChosenParts = {
  readonly parts: readonly Part[];
  /** Languages of changed files that the tests run code of. */
  readonly tested: readonly TestedLanguage[];
  /** Languages of changed files that none of the tests runs code of. */
  readonly untested: readonly TestedLanguage[];
};

/**
 * Chooses tests by the files that a change touches: of each file's language those of the nearest folder above it. A file
 * of no language, such as settings, is tested by all of the nearest folder. Where a language has no tests, those of its
 * folder run all the same, and the language is named. Pure.
 */
export function chooseParts(parts: readonly Part[], paths: readonly string[]): ChosenParts {
  const testing = parts.filter(({ test }) => test !== undefined);
  const chosen = new Set<Part>();
  const [tested, untested] = [new Set<TestedLanguage>(), new Set<TestedLanguage>()];
  for (const path of paths) {
    const language = findLanguage(path);
    const around = testing.filter(({ folder }) => isBelow(path, folder));
    const own = nearest(
      around.filter(({ covers }) => language === undefined || covers === undefined || covers.has(language)),
    );
    if (language !== undefined) (own.length > 0 ? tested : untested).add(language);
    for (const part of own.length > 0 ? own : nearest(around)) chosen.add(part);
  }
  return {
    parts: chosen.size > 0 ? testing.filter((part) => chosen.has(part)) : testing,
    tested: [...tested].filter((language) => !untested.has(language)),
    untested: [...untested],
  };
}

function nearest(parts: readonly Part[]): readonly Part[] {
  const depth = Math.max(...parts.map(({ folder }) => folder.length));
  return parts.filter(({ folder }) => folder.length === depth);
}
