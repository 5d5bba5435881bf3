import {
  type CommonLatencyInput,
  type LatencyBucket,
  type LatencyTally,
  lastThird,
  sameHourWindows,
  tallyLatency,
} from "./latency-buckets.ts";
import { LATENCY_RULE } from "./latency-rule.ts";
import { dailyDispersion, hourlyDispersion } from "./latency-spread.ts";
import { compareRanks } from "./mann-whitney.ts";

export type LatencyInput = CommonLatencyInput & {
  /** Up to a week, or more, before the current window. The rule takes the same hours of its days from it. */
  readonly baseline: readonly LatencyBucket[];
  /** The window that is judged. */
  readonly current: readonly LatencyBucket[];
  /** Least quotient of p95 now and before that is a regression: 1.15. */
  readonly minChange: number;
};

/** The numbers that a decision used: plain JSON, under 1 KB, enough to make the same decision again. */
export type LatencySummary = {
  /** Version of the rule. */
  readonly rule: number;
  readonly thresholdMs: number | null;
  readonly aboveMs: number | null;
  readonly minChange: number;
  readonly minSamples: number;
  /** The window that is judged, the part of it that holds its last third, and the same hours before. */
  readonly now: LatencyTally;
  readonly last: LatencyTally;
  readonly before: LatencyTally;
  /** Days, or runs of days, with the same hours before. */
  readonly days: number;
  /** Quotients of observed and chance variance of the share of slow requests; 0 where it cannot be told. */
  readonly phiHours: number;
  readonly phiDays: number;
  /** Standard errors by which buckets are slower than before, by rank and by day; for want of shares. */
  readonly rankZ: number;
  readonly dayT: number;
  /** Share of the requests now that lie in buckets with a p95 over `thresholdMs`. */
  readonly slowShare: number;
};

/** Reduces the buckets to the numbers that the rule needs. */
export function summariseLatency(input: LatencyInput): LatencySummary {
  const { baseline, current, thresholdMs } = input;
  const windows = sameHourWindows(baseline, current);
  const now = tallyLatency(current);
  const before = tallyLatency(windows.flat());
  const told = before.above !== null && before.samples > 0;
  return {
    rule: LATENCY_RULE.version,
    thresholdMs,
    aboveMs: input.aboveMs ?? null,
    minChange: input.minChange,
    minSamples: input.minSamples,
    now,
    last: tallyLatency(lastThird(current)),
    before,
    days: windows.length,
    phiHours: told ? hourlyDispersion(windows) : 0,
    phiDays: told ? dailyDispersion(windows, now.samples) : 0,
    rankZ: compareRanks(listP95s(windows.flat()), listP95s(current)).z,
    dayT: standardErrorsOverDays(windows, now.p95),
    slowShare: thresholdMs === null ? 0 : shareOver(current, now.samples, thresholdMs),
  };
}

function listP95s(buckets: readonly LatencyBucket[]): number[] {
  return buckets.flatMap(({ p95, samples }) => (p95 === null || samples === 0 ? [] : [p95]));
}

/**
 * How far today's p95 lies above those of the days before, in standard errors of a prediction: with the days'
 * logarithms normal it has Student's t distribution with days - 1 degrees of freedom.
 */
function standardErrorsOverDays(windows: readonly (readonly LatencyBucket[])[], p95: number | null): number {
  const logs = windows.flatMap((window) => {
    const day = tallyLatency(window).p95;
    return day === null || day <= 0 ? [] : [Math.log(day)];
  });
  if (p95 === null || p95 <= 0 || logs.length < LATENCY_RULE.enoughDays) return 0;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const rise = Math.log(p95) - mean;
  if (rise <= 0) return 0;
  return Math.min(1e6, rise / Math.sqrt(variance * (1 + 1 / logs.length)));
}

function shareOver(buckets: readonly LatencyBucket[], samples: number, thresholdMs: number): number {
  if (samples === 0) return 0;
  const over = buckets.filter(({ p95 }) => p95 !== null && p95 > thresholdMs);
  return over.reduce((sum, bucket) => sum + bucket.samples, 0) / samples;
}
