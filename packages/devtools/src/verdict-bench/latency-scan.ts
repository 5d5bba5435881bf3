import { assessLatency, type LatencyBucket, type LatencyVerdict } from "@patchpilot/verdict";
import type { Random } from "./draws.ts";
import {
  DAY_HOURS,
  drawDays,
  drawHour,
  type Hour,
  type LatencyWorld,
  measureHour,
  quantileOf,
} from "./latency-world.ts";

/** One scan: a week of the same hours before, and a window that may be slower. */
export type ScanCell = LatencyWorld & {
  readonly windowHours: number;
  readonly baselineDays: number;
  /** Hour of the day at which the window begins. */
  readonly startHour: number;
  /** How many times slower the window is. */
  readonly factor: number;
  /** Only p95 and counts are to be had. */
  readonly withoutShares?: boolean;
  /** The threshold for `slow`, as a multiple of the p95 before the factor; absent: none. */
  readonly thresholdRatio?: number;
};

/** Plays one scan and returns the verdict. */
export function playScan(cell: ScanCell, random: Random): LatencyVerdict {
  const days = drawDays(cell.baselineDays + 1, cell.drift, random);
  const hoursOf = (day: number, factor: number): Hour[] =>
    Array.from({ length: cell.windowHours }, (_, hour) =>
      drawHour(cell, day * DAY_HOURS + cell.startHour + hour, (days[day] ?? 1) * factor, random),
    );
  const before = Array.from({ length: cell.baselineDays }, (_, day) => hoursOf(day, 1)).flat();
  const now = hoursOf(cell.baselineDays, cell.factor);
  const aboveMs = quantileOf(before, 0.9);
  const measure = (hours: readonly Hour[]) =>
    hours.map((hour) => forget(measureHour(hour, aboveMs), cell.withoutShares ?? false));
  return assessLatency({
    baseline: measure(before),
    current: measure(now),
    aboveMs,
    thresholdMs: cell.thresholdRatio === undefined ? null : p95Of(cell) * cell.thresholdRatio,
    minChange: 1.15,
    minSamples: 100,
  }).verdict;
}

function forget(bucket: LatencyBucket, withoutShares: boolean): LatencyBucket {
  return withoutShares ? { ...bucket, above: null } : bucket;
}

function p95Of({ sigma }: LatencyWorld): number {
  return 100 * Math.exp(1.6449 * sigma);
}
