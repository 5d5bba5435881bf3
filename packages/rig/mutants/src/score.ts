import type { Equivalent } from "./equivalents.ts";
import type { MutantJournal } from "./journal.ts";
import type { Mutant, MutantEnding } from "./mutant.ts";

/** What became of the mutants of a part. */
export interface Score {
  readonly mutants: number;
  readonly covered: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  /** Those of the survivors that are listed as equivalent. */
  readonly equivalents: number;
}

export const GOAL = 0.85;

export function judgeMutant({ id }: Mutant, { covered, noticed }: MutantJournal): MutantEnding {
  return noticed.get(id) ?? (covered.has(id) ? "survived" : "uncovered");
}

export function countScore(ends: readonly NamedEnding[], listed: readonly Equivalent[]): Score {
  const names = new Set(listed.map(({ name }) => name));
  const count = (ending: MutantEnding) => ends.filter((one) => one.ending === ending).length;
  return {
    mutants: ends.length,
    covered: ends.length - count("uncovered"),
    killed: count("killed"),
    timeout: count("timeout"),
    survived: count("survived"),
    equivalents: ends.filter(({ name, ending }) => ending === "survived" && names.has(name)).length,
  };
}

export interface NamedEnding {
  readonly name: string;
  readonly ending: MutantEnding;
}

/** Killed and timed out, of the covered ones without equivalents; 0 if there are none. */
export function toShare({ killed, timeout, covered, equivalents }: Score): number {
  const counted = covered - equivalents;
  return counted === 0 ? 0 : (killed + timeout) / counted;
}

/** Listed equivalents that a test notices, one sentence each; `files` are those whose mutants were all looked at. */
export function findWrongEquivalents(
  ends: readonly NamedEnding[],
  listed: readonly Equivalent[],
  files: ReadonlySet<string>,
): string[] {
  const endings = new Map(ends.map(({ name, ending }) => [name, ending]));
  return listed
    .filter(({ name }) => files.has(name.split(" | ")[0] ?? ""))
    .flatMap(({ name }) => {
      const ending = endings.get(name);
      if (ending === "survived") return [];
      return ending === undefined
        ? [`"${name}" is listed as equivalent and no longer exists: take it off the list.`]
        : [`"${name}" is listed as equivalent and was ${ending}: take it off the list.`];
    });
}
