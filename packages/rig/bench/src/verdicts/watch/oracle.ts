import { drawExponential, type Random } from "../draws.ts";

/** What the oracle knows: errors an hour before the fix, the shares of them that come, and when it can begin. */
export type OracleWorld = {
  readonly perHour: number;
  /** Shares of the errors: what comes back after one of `begins`, with nothing before; and what is left and no relapse. */
  readonly back: number;
  readonly left: number;
  /** In hours since the close. */
  readonly begins: readonly number[];
  /** `found` of the relapses are to be found within so many hours, at the begin where that is hardest. */
  readonly within: number;
  readonly found: number;
  /** Hours. */
  readonly watched: number;
};

/**
 * How often a watch calls what is left "back", if it finds relapses in time: one that knows all of `OracleWorld`, and not
 * which of it is the case. It is the test of Neyman and Pearson, with the begins mixed in equal parts, asked at every
 * error. A rule that has to estimate the rates cannot be expected to do better.
 * @returns share of `trials`
 */
export function measureOracle(world: OracleWorld, trials: number, random: Random): number {
  const { perHour, back, left, begins, within, found, watched } = world;
  const relapses = begins.map((begin) =>
    Array.from({ length: trials }, () =>
      highestEvidence(drawErrors(begin, begin + within, perHour * back, random), world),
    ).toSorted((a, b) => a - b),
  );
  // The most evidence that may be asked for: at each begin enough relapses reach it.
  const asked = Math.min(...relapses.map((each) => each[Math.floor((1 - found) * trials)] ?? -Infinity));
  const rests = Array.from({ length: trials }, () =>
    highestEvidence(drawErrors(0, watched, perHour * left, random), world),
  );
  return rests.filter((evidence) => evidence >= asked).length / trials;
}

/** Hours at which errors come. */
function drawErrors(from: number, until: number, perHour: number, random: Random): number[] {
  const errors: number[] = [];
  for (let at = from; ; ) {
    at += drawExponential(1 / perHour, random);
    if (at > until) return errors;
    errors.push(at);
  }
}

/** Logarithm of the odds for a relapse, at the error where they are highest. */
function highestEvidence(errors: readonly number[], { perHour, back, left, begins }: OracleWorld): number {
  const [first = 0] = errors;
  const possible = begins.filter((begin) => begin <= first);
  if (possible.length === 0) return -Infinity;
  const quiet = possible.reduce((sum, begin) => sum + Math.exp(perHour * back * begin), 0) / begins.length;
  const evidence = errors.map(
    (at, index) => Math.log(quiet) + (index + 1) * Math.log(back / left) - perHour * (back - left) * at,
  );
  return Math.max(...evidence);
}
