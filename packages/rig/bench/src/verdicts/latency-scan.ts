import { HOUR } from "@patchpilot/time";
import { assessLatency, chooseHours, type LatencyVerdict } from "@patchpilot/verdict";
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

const MIN = { minChange: 1.15, minSamples: 100 };

/** Plays one scan and returns the verdict. */
export function playScan(cell: ScanCell, random: Random): LatencyVerdict {
  const days = drawDays(cell.baselineDays + 1, cell.drift, random);
  const countHours = (day: number, factor: number): Hour[] =>
    Array.from({ length: cell.windowHours }, (_, hour) =>
      drawHour(cell, day * DAY_HOURS + cell.startHour + hour, (days[day] ?? 1) * factor, random),
    );
  const before = Array.from({ length: cell.baselineDays }, (_, day) => countHours(day, 1)).flat();
  const now = countHours(cell.baselineDays, cell.factor);
  const aboveMs = quantileOf(before, 0.9);
  const measure = (hours: readonly Hour[]) =>
    hours.map((hour) => ({ ...measureHour(hour, aboveMs), ...(cell.withoutShares && { above: null }) }));
  return assessLatency({
    baseline: measure(before),
    current: measure(now),
    aboveMs,
    thresholdMs: cell.thresholdRatio === undefined ? null : p95Of(cell) * cell.thresholdRatio,
    ...MIN,
  }).verdict;
}

function p95Of({ sigma }: LatencyWorld): number {
  return 100 * Math.exp(1.6449 * sigma);
}

/** A scan as `perf-scan` does it: a week and a day, hour by hour, of which it chooses the hours to judge itself. */
export type SearchingScanCell = LatencyWorld & {
  /** How many times slower it became, and for how many hours it has been. */
  readonly factor: number;
  readonly slowHours: number;
};

const WEEK_AND_DAY = 8;

/** Plays one scan of the last day. The p95 and the limit for slow requests are those of the same day of the week before. */
export function playSearchingScan(cell: SearchingScanCell, random: Random): LatencyVerdict {
  const days = drawDays(WEEK_AND_DAY, cell.drift, random);
  const total = WEEK_AND_DAY * DAY_HOURS;
  const all = Array.from({ length: total }, (_, hour) => {
    const factor = hour >= total - cell.slowHours ? cell.factor : 1;
    return drawHour(cell, hour, (days[Math.floor(hour / DAY_HOURS)] ?? 1) * factor, random);
  });
  const before = all.slice(0, DAY_HOURS);
  const aboveMs = quantileOf(before, 0.9);
  const baselineP95 = quantileOf(before, 0.95);
  const buckets = all.map((hour) => measureHour(hour, aboveMs));
  const from = buckets[total - DAY_HOURS]?.at ?? 0;
  const to = from + DAY_HOURS * HOUR;
  const { hours } = chooseHours({ buckets, from, to, baselineP95, ...MIN });
  return assessLatency({ ...hours, aboveMs, thresholdMs: null, ...MIN }).verdict;
}
