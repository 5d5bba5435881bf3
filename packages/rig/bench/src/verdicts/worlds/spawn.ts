import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { drawExponential, drawPoisson, type Random } from "../draws.ts";

/** Draws the errors of a row of buckets from how many are expected in each. */
export type Spawn = (expected: readonly number[], random: Random) => number[];

/** One by one (a Poisson process): from one error to the next, so rare errors take few draws. */
export const spawnSingly: Spawn = (expected, random) => {
  const counts = new Array<number>(expected.length).fill(0);
  let left = drawExponential(1, random);
  for (let i = 0; i < counts.length; i++) {
    const mean = expected[i] ?? 0;
    if (mean === 0) continue;
    left -= mean;
    for (; left <= 0; left += drawExponential(1, random)) counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
};

/** In bursts of a size, each spread evenly over so many hours. */
export const spawnBursts =
  (size: number, overHours: number): Spawn =>
  (expected, random) => {
    const begun = spawnSingly(
      expected.map((mean) => mean / size),
      random,
    );
    const counts = new Array<number>(expected.length).fill(0);
    for (let i = 0; i < begun.length; i++) {
      for (let burst = 0; burst < (begun[i] ?? 0); burst++) {
        const from = i + random();
        for (let error = 0; error < size; error++) {
          addOne(counts, from + random() * overHours * BUCKETS_PER_HOUR);
        }
      }
    }
    return counts;
  };

/**
 * Errors that bring errors (Hawkes, 1971): each has `branching` children in the mean, after a time that is exponential
 * with the given mean.
 */
export const spawnSelfExciting =
  (branching: number, meanHours: number): Spawn =>
  (expected, random) => {
    const first = spawnSingly(
      expected.map((mean) => mean * (1 - branching)),
      random,
    );
    const counts = new Array<number>(expected.length).fill(0);
    const open: number[] = [];
    for (let i = 0; i < first.length; i++) for (let n = 0; n < (first[i] ?? 0); n++) open.push(i + random());
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      addOne(counts, at);
      for (let child = drawPoisson(branching, random); child > 0; child--) {
        const born = at + drawExponential(meanHours * BUCKETS_PER_HOUR, random);
        if (born < counts.length) open.push(born);
      }
    }
    return counts;
  };

function addOne(counts: number[], at: number): void {
  const bucket = Math.floor(at);
  if (bucket < counts.length) counts[bucket] = (counts[bucket] ?? 0) + 1;
}
