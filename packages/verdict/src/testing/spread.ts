import type { BucketRow } from "../buckets.ts";
import { BUCKET } from "../rule.ts";

/** A quantity over a stretch of time; NaN where it is not known. Milliseconds since the epoch, end excluded. */
type Interval = { readonly start: number; readonly end: number; readonly value: number };

/**
 * Spreads quantities over buckets in proportion to the time they share, so that an hour of 120 sessions is 10
 * in each of its twelve buckets. Intervals of one row must not overlap; a bucket that they do not cover
 * wholly, or that an unknown one touches, is NaN.
 */
export function spreadOverBuckets(intervals: Iterable<Interval>, row: BucketRow): number[] {
  const sums = new Array<number>(row.length).fill(0);
  const covered = new Array<number>(row.length).fill(0);
  for (const { start, end, value } of intervals) {
    const first = Math.max(0, Math.floor((start - row.start) / BUCKET));
    const last = Math.min(row.length - 1, Math.ceil((end - row.start) / BUCKET) - 1);
    for (let i = first; i <= last; i++) {
      const from = row.start + i * BUCKET;
      const shared = Math.min(end, from + BUCKET) - Math.max(start, from);
      sums[i] = (sums[i] ?? 0) + (value * shared) / (end - start);
      covered[i] = (covered[i] ?? 0) + shared;
    }
  }
  return sums.map((sum, i) => ((covered[i] ?? 0) < BUCKET ? Number.NaN : sum));
}
