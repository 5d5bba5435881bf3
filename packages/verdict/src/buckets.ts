import { BUCKET, BUCKETS_PER_WEEK } from "./rule.ts";

/** A row of buckets: the first begins at `start` (milliseconds since the epoch). */
export type BucketRow = { readonly start: number; readonly length: number };

export type RecoveryRows = {
  readonly baseline: BucketRow;
  readonly since: BucketRow;
  readonly baselineBeginsAtFirstEvent: boolean;
};

/**
 * The next full five minutes after the deploy went live. Providers count in five minutes of the clock, so
 * buckets before and after are cut there, and errors of the switch itself belong to the old side.
 */
export function alignAnchor(deployedAt: number): number {
  return Math.ceil(deployedAt / BUCKET) * BUCKET;
}

/**
 * Buckets before and since a deploy. Those before end at the anchor and begin at the later of a week earlier
 * and the onset; those since begin at the anchor and are complete by `until`.
 *
 * @param anchor instant of the deploy, see alignAnchor
 * @param onset the first error, or its regression
 * @param until how far counts are to be trusted: now, less the delay of ingestion
 */
export function layOutBuckets(anchor: number, onset: number, until: number): RecoveryRows {
  const sinceOnset = Math.max(0, Math.ceil((anchor - onset) / BUCKET));
  const length = Math.min(BUCKETS_PER_WEEK, sinceOnset);
  return {
    baseline: { start: anchor - length * BUCKET, length },
    since: { start: anchor, length: Math.max(0, Math.floor((until - anchor) / BUCKET)) },
    baselineBeginsAtFirstEvent: sinceOnset <= BUCKETS_PER_WEEK,
  };
}

/** Errors at one instant (or in five minutes that begin at it), in milliseconds since the epoch. */
export type ErrorPoint = { readonly at: number; readonly count: number };

/** Counts errors by bucket; those outside the row are left out. */
export function countByBucket(points: Iterable<ErrorPoint>, row: BucketRow): number[] {
  const counts = new Array<number>(row.length).fill(0);
  for (const { at, count } of points) {
    const index = Math.floor((at - row.start) / BUCKET);
    if (index >= 0 && index < row.length) counts[index] = (counts[index] ?? 0) + count;
  }
  return counts;
}

/** Exposure that is only time. */
export function clockExposure(row: BucketRow): number[] {
  return new Array<number>(row.length).fill(1);
}
