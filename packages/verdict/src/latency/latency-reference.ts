import { DAY, HOUR } from "@patchpilot/time";
import {
  bucketInDay,
  type LatencyBucket,
  type LatencyTally,
  sameHourWindows,
  sumSlow,
  tallyLatency,
} from "./latency-buckets.ts";
import { dailyDispersion, hourlyDispersion } from "./latency-spread.ts";

/** Of a p95 at the threshold, one request in twenty is slower. */
const SHARE_AT_P95 = 0.05;

/** How many slow requests an operation that is fast has in each hour of the day, and while it was not fast. */
export type Reference = {
  /** Slow requests that a fast operation has among `samples` of an hour; null where that hour was never seen. */
  readonly expected: (bucket: LatencyBucket) => number | null;
  /** How many times as many it had while it was slow. */
  readonly excess: number;
  /** What the hours' shares were taken from. */
  readonly hours: readonly LatencyBucket[];
};

/**
 * Indirect standardisation (Breslow and Day, Statistical Methods in Cancer Research II, 2.3): the share of each
 * hour of the day before the operation became slow gives what to expect of any later hours; what was observed
 * over what was expected is the excess. Where it never was fast, the hours while it was slow give the daily
 * pattern, scaled so that one request in twenty is over the threshold: then p95 is at the threshold.
 */
export function makeReference(before: readonly LatencyBucket[], slow: readonly LatencyBucket[]): Reference {
  const hours = before.length > 0 ? before : slow;
  const shares = sharesByHour(hours);
  const shareAt = (bucket: LatencyBucket) => shares.get(bucketInDay(bucket));
  const tally = sumSlow(slow);
  const scale = before.length > 0 || !tally.above ? 1 : (SHARE_AT_P95 * tally.samples) / tally.above;
  const expected = (bucket: LatencyBucket) => {
    const share = shareAt(bucket);
    return share === undefined ? null : bucket.samples * share * scale;
  };
  const seen = slow.filter((bucket) => shareAt(bucket) !== undefined);
  const ofSlow = seen.reduce((sum, bucket) => sum + (expected(bucket) ?? 0), 0);
  const above = sumSlow(seen).above ?? 0;
  return { expected, excess: ofSlow > 0 ? above / ofSlow : 0, hours };
}

/** Buckets whose hour is known, and what a fast operation would have had in them. */
export function tallyAgainst(
  { expected }: Reference,
  buckets: readonly LatencyBucket[],
): LatencyTally & { readonly expected: number } {
  const known = buckets.filter((bucket) => expected(bucket) !== null);
  return {
    ...tallyLatency(known),
    expected: known.reduce((sum, bucket) => sum + (expected(bucket) ?? 0), 0),
  };
}

/**
 * How the reference varies in the hours of the last day since the deploy: between buckets and between days, and
 * what its days showed at worst.
 */
export function measureSpread({ hours }: Reference, since: readonly LatencyBucket[]) {
  const end = Math.max(...since.map(({ at }) => at));
  const day = since.filter(({ at }) => at > end - DAY);
  const windows = day.length === 0 ? [] : sameHourWindows(hours, day);
  const { samples } = sumSlow(day);
  const p95s = windows.flatMap((window) => tallyLatency(window).p95 ?? []);
  return {
    days: windows.length,
    phiHours: hourlyDispersion(windows),
    phiDays: windows.length === 0 ? 0 : dailyDispersion(windows, samples),
    p95: tallyLatency(windows.flat()).p95,
    slowestDay: p95s.length === 0 ? null : Math.max(...p95s),
  };
}

/** Requests, and slow ones that a fast operation is expected to have, in each bucket of a day: means over the days. */
export function dailyPattern({ hours, expected }: Reference): {
  readonly samples: number[];
  readonly expected: number[];
} {
  const first = Math.min(...hours.map(({ at }) => at));
  const last = Math.max(...hours.map(({ at }) => at)) + HOUR;
  const days = Math.max(1, (last - first) / DAY);
  const meanByHour = (value: (bucket: LatencyBucket) => number): number[] => {
    const sums = new Array<number>(DAY / HOUR).fill(0);
    for (const bucket of hours) {
      const hour = bucketInDay(bucket);
      sums[hour] = (sums[hour] ?? 0) + value(bucket);
    }
    return sums.map((sum) => sum / days);
  };
  return {
    samples: meanByHour(({ samples }) => samples),
    expected: meanByHour((bucket) => expected(bucket) ?? 0),
  };
}

function sharesByHour(buckets: readonly LatencyBucket[]): Map<number, number> {
  const sums = new Map<number, { samples: number; above: number }>();
  for (const bucket of buckets) {
    if (bucket.samples === 0 || bucket.above === null) continue;
    const hour = bucketInDay(bucket);
    const sum = sums.get(hour) ?? { samples: 0, above: 0 };
    sums.set(hour, { samples: sum.samples + bucket.samples, above: sum.above + bucket.above });
  }
  return new Map([...sums].map(([hour, { samples, above }]) => [hour, above / samples]));
}
