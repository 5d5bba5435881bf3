import type { LatencyBucket } from "./latency-buckets.ts";
import { fromRankSum, type RankComparison, rankAll } from "./mann-whitney.ts";

/** The best split, and how the buckets after it compare with those before. */
export type ChangePoint = RankComparison & {
  /** Beginning of the first bucket after the change, in milliseconds since the epoch. */
  readonly at: number;
  /** Medians of the p95 on both sides, in milliseconds, and their quotient. */
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
};

/** Buckets that each side of a split must have. */
const LEAST = 5;
const LEAST_Z = 4;
const LEAST_EFFECT = 0.9;

/**
 * Where did it become slower, if it did at once and for good: the split of the series at which Mann and
 * Whitney's statistic is largest (Pettitt, 1979), taken only if z > 4, the medians differ by the minimum
 * change, nine pairs of buckets in ten agree, and the last tenth is still high.
 *
 * @param buckets one series, oldest first; buckets without a p95 are skipped
 * @param minChange least quotient of the medians: 1.05 to 1.1 finds what people label as regressions
 * @returns undefined: no such change
 */
export function findChangePoint(
  buckets: readonly LatencyBucket[],
  minChange: number,
): ChangePoint | undefined {
  const known = buckets.flatMap(({ at, p95 }) => (p95 === null ? [] : [{ at, p95 }]));
  const values = known.map(({ p95 }) => p95);
  const best = bestSplit(values);
  const at = known[best.index]?.at;
  if (at === undefined || best.z <= LEAST_Z || best.effect < LEAST_EFFECT) return undefined;
  const before = median(values.slice(0, best.index));
  const after = median(values.slice(best.index));
  const end = median(values.slice(-Math.max(LEAST, Math.ceil(values.length / 10))));
  if (after < before * minChange || end < before * minChange) return undefined;
  return { at, z: best.z, before, after, ratio: after / before, effect: best.effect };
}

function bestSplit(values: readonly number[]): { index: number; z: number; effect: number } {
  const { ranks, tieTerm } = rankAll(values);
  let best = { index: 0, z: 0, effect: 0 };
  let later = 0;
  for (let index = values.length - 1; index >= LEAST; index--) {
    later += ranks[index] ?? 0;
    const n = values.length - index;
    if (n < LEAST) continue;
    const { z, effect } = fromRankSum(later, index, n, tieTerm);
    if (z > best.z) best = { index, z, effect };
  }
  return best;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
