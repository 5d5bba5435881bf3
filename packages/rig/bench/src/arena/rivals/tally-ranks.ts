import { fromRankSum } from "@patchpilot/verdict/testing";

/** How many buckets had how many errors; what is above is as loud as loud can be. */
export type CountTally = Uint32Array;
const LOUDEST = 200;

export const emptyTally = (): CountTally => new Uint32Array(LOUDEST + 1);

export function addCount(tally: CountTally, count: number, sign: 1 | -1 = 1): void {
  const index = Math.min(count, LOUDEST);
  tally[index] = (tally[index] ?? 0) + sign;
}

export function tallyCounts(counts: readonly number[]): CountTally {
  const tally = emptyTally();
  for (const count of counts) addCount(tally, count);
  return tally;
}

/**
 * Mann and Whitney's z of two sets of counts, by how often each count occurs: 90 days of looks would sort for hours.
 * @returns standard errors by which the later counts are higher; 0 if nothing can be said
 */
export function compareTallies(earlier: CountTally, later: CountTally): number {
  let m = 0;
  let n = 0;
  let u = 0;
  let tieTerm = 0;
  for (let value = 0; value <= LOUDEST; value++) {
    const a = earlier[value] ?? 0;
    const b = later[value] ?? 0;
    u += b * (m + a / 2);
    m += a;
    n += b;
    tieTerm += (a + b) ** 3 - (a + b);
  }
  if (m === 0 || n === 0) return 0;
  return fromRankSum(u + (n * (n + 1)) / 2, m, n, tieTerm).z;
}
