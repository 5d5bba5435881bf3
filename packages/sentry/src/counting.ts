import { MINUTE } from "@patchpilot/time";

/** The width of a bucket in milliseconds (verdicts: five minutes). */
export const BUCKET_WIDTH = 5 * MINUTE;

/** Sentry may still be ingesting what happened within the last two minutes. */
const INGESTION_LAG = 2 * MINUTE;

/** Counts of events in equal buckets without gaps. */
export type BucketCounts = {
  /** Milliseconds since the epoch at which the first bucket begins; a multiple of the interval. */
  readonly from: number;
  /** Width of a bucket in milliseconds. */
  readonly interval: number;
  readonly counts: readonly number[];
};

/** The beginning of the bucket that an instant lies in. */
export function floorToBucket(instant: Date, interval: number): number {
  return Math.floor(instant.getTime() / interval) * interval;
}

/** The end of the last bucket that is ingested at this instant. */
export function ingestedUntil(instant: Date, interval: number): number {
  return Math.floor((instant.getTime() - INGESTION_LAG) / interval) * interval;
}

/** Adds counts up in the buckets from `from` to `to`; what lies outside is left out. */
export function countInto(
  points: Iterable<{ readonly at: number; readonly count: number }>,
  from: number,
  to: number,
  interval: number,
): BucketCounts {
  const counts = new Array<number>(Math.max(0, Math.round((to - from) / interval))).fill(0);
  for (const { at, count } of points) {
    const index = Math.floor((at - from) / interval);
    if (index >= 0 && index < counts.length) counts[index] = (counts[index] ?? 0) + count;
  }
  return { from, interval, counts };
}

/**
 * Spreads counts of wide buckets evenly over narrow ones. Only the part of a wide bucket that lies between `from` and
 * `to` is known to have passed; its count is spread over that part and the part before `from` in proportion to time.
 */
export function spreadOver(wide: BucketCounts, from: number, to: number, interval: number): BucketCounts {
  const counts = new Array<number>(Math.max(0, Math.round((to - from) / interval))).fill(0);
  wide.counts.forEach((count, index) => {
    const begins = wide.from + index * wide.interval;
    const ends = Math.min(begins + wide.interval, to);
    for (let at = Math.max(begins, from); at < ends && ends > begins; at += interval) {
      const bucket = Math.floor((at - from) / interval);
      if (bucket < counts.length)
        counts[bucket] = (counts[bucket] ?? 0) + (count * interval) / (ends - begins);
    }
  });
  return { from, interval, counts };
}
