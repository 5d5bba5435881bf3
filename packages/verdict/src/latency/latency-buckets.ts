import { DAY, HOUR } from "@patchpilot/time";

/** One hour of one operation. */
export type LatencyBucket = {
  /** Beginning, in milliseconds since the epoch. */
  readonly at: number;
  /** Requests that were measured, never an extrapolated count. */
  readonly samples: number;
  /** Their p95 in milliseconds; null where it is not known. */
  readonly p95: number | null;
  /** How many of them took longer than a threshold fixed beforehand; null where it is not known. */
  readonly above: number | null;
};

/** What both latency rules ask for beside the hours. */
export type CommonLatencyInput = {
  /** The threshold, in milliseconds, that `above` was counted with. For people only. */
  readonly aboveMs?: number | null;
  /** A p95 over this, in milliseconds, is slow though it never was faster; null: none is. */
  readonly thresholdMs: number | null;
  /** Fewer requests than this say nothing: 100. */
  readonly minSamples: number;
};

/** Requests, and the slow ones among them. */
export type SlowShare = {
  readonly samples: number;
  /** null where one bucket with samples does not tell. */
  readonly above: number | null;
};

/** What a set of buckets says. */
export type LatencyTally = SlowShare & {
  /** Those with samples. */
  readonly buckets: number;
  /** Median of the buckets' p95, weighted by their samples; null where none is known. */
  readonly p95: number | null;
};

/** Adds up buckets; those without samples count for nothing. */
export function tallyLatency(buckets: readonly LatencyBucket[]): LatencyTally {
  const measured = buckets.filter(({ samples }) => samples > 0);
  return { buckets: measured.length, ...sumSlow(measured), p95: weightedMedian(measured) };
}

/** The same without p95, whose median costs a sort. */
export function sumSlow(buckets: readonly LatencyBucket[]): SlowShare {
  let samples = 0;
  let slow = 0;
  let told = true;
  for (const { samples: count, above } of buckets) {
    if (count === 0) continue;
    samples += count;
    slow += above ?? 0;
    told &&= above !== null;
  }
  return { samples, above: told ? slow : null };
}

function weightedMedian(measured: readonly LatencyBucket[]): number | null {
  const known = measured.filter(({ p95 }) => p95 !== null).sort((a, b) => (a.p95 ?? 0) - (b.p95 ?? 0));
  const half = known.reduce((sum, { samples }) => sum + samples, 0) / 2;
  let passed = 0;
  for (const { p95, samples } of known) {
    passed += samples;
    if (passed >= half) return p95;
  }
  return null;
}

/**
 * The windows of earlier days, or of earlier runs of whole days, that cover the same hours as `current`,
 * newest first; those without a sample are left out. Comparing other hours mistakes the daily cycle for a
 * change: 21 to 34 % false alarms.
 */
export function sameHourWindows(
  before: readonly LatencyBucket[],
  current: readonly LatencyBucket[],
): LatencyBucket[][] {
  const start = Math.min(...current.map(({ at }) => at));
  const end = Math.max(...current.map(({ at }) => at)) + HOUR;
  const period = Math.ceil((end - start) / DAY) * DAY;
  const windows = new Map<number, LatencyBucket[]>();
  for (const bucket of before) {
    if (bucket.samples === 0 || bucket.at >= start) continue;
    const shift = Math.ceil((start - bucket.at) / period);
    if (bucket.at + shift * period >= end) continue;
    const window = windows.get(shift) ?? [];
    windows.set(shift, window);
    window.push(bucket);
  }
  return [...windows].sort(([a], [b]) => a - b).map(([, window]) => window);
}

/** The latest buckets that hold at least a third of the samples. */
export function lastThird(buckets: readonly LatencyBucket[]): LatencyBucket[] {
  const sorted = [...buckets].sort((a, b) => a.at - b.at);
  const wanted = sorted.reduce((sum, { samples }) => sum + samples, 0) / 3;
  let held = 0;
  let first = sorted.length;
  while (first > 0 && held < wanted) held += sorted[--first]?.samples ?? 0;
  return sorted.slice(first);
}

/** Hour of the day: buckets with the same one are comparable. */
export function bucketInDay({ at }: LatencyBucket): number {
  return Math.floor((((at % DAY) + DAY) % DAY) / HOUR);
}
