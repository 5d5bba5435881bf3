import type { OperationHour, OperationTiming, SpanOperation, TimedOperation } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import type { DatedRelease, HourSpan } from "../facts.ts";

/** How long an operation took: a p95 in milliseconds for each instant, and how often it ran an hour. */
export type Course = {
  readonly operation: SpanOperation;
  readonly p95: (at: number) => number;
  readonly perHour: number;
  /** From when on it takes enough time to be in the table, in milliseconds since the epoch; absent: always. */
  readonly since?: number;
  /** Stored share of spans; absent: all. */
  readonly sampled?: number;
};

/** The scan's clock: its window ends at noon. */
export const NOW = new Date("2026-11-20T12:10:00Z");
export const NOON = Date.parse("2026-11-20T12:00:00Z");

export const operation = (parts: Partial<SpanOperation> = {}): SpanOperation => ({
  project: "shop",
  transaction: "GET /api/checkout",
  op: "http.server",
  description: "",
  ...parts,
});

/** An operation with 200 ms until `hours` before the end of the window, and `factor` times as much since. */
export const slowed = (
  factor: number,
  hours = 8,
  parts: Partial<SpanOperation> = {},
  perHour = 100,
): Course => ({
  operation: operation(parts),
  perHour,
  p95: (at) => (at >= NOON - hours * HOUR ? 200 * factor : 200),
});

/** Durations are spread so that the p95 is 1.9 times the p50; every hour differs a little, without chance. */
const wobble = (at: number): number => 1 + 0.04 * Math.sin(at / HOUR / 3);
const hoursOf = ({ from, to }: HourSpan): number[] =>
  Array.from({ length: (to.getTime() - from.getTime()) / HOUR }, (_, index) => from.getTime() + index * HOUR);

export function hoursIn(course: Course, window: HourSpan): OperationHour[] {
  const samples = Math.round(course.perHour * (course.sampled ?? 1));
  return hoursOf(window).map((at) => ({
    at,
    samples,
    p95: samples === 0 ? null : course.p95(at) * wobble(at),
    sampleRate: course.sampled ?? 1,
  }));
}

/** Spans above a threshold: durations are log-normal with a p95 as given and a p50 of half of it. */
export function exceedingIn(course: Course, window: HourSpan, threshold: number) {
  return hoursIn(course, window).map(({ at, samples, p95 }) => ({
    at,
    samples: Math.round(samples * shareAbove(threshold, p95 ?? 0)),
  }));
}

const SIGMA = Math.log(2) / 1.6449;

function shareAbove(threshold: number, p95: number): number {
  if (p95 <= 0) return 0;
  const z = Math.log(threshold / (p95 / 2)) / SIGMA;
  return 1 / (1 + Math.exp(1.702 * z));
}

/** A line of the table: the mean of the hours. */
export function rowIn(course: Course, window: HourSpan): TimedOperation | null {
  const hours = hoursIn(course, window);
  const count = course.perHour * hours.length;
  const samples = hours.reduce((sum, hour) => sum + hour.samples, 0);
  if (samples === 0) return null;
  const p95 = hours.reduce((sum, hour) => sum + (hour.p95 ?? 0), 0) / hours.length;
  const timing: OperationTiming = {
    count,
    samples,
    p50: p95 / 2,
    p75: p95 * 0.67,
    p90: p95 * 0.86,
    p95,
    p99: p95 * 1.34,
    certainty: "high",
  };
  return { operation: course.operation, timing };
}

/** A release of the project before the `@`, deployed so many hours before noon from a commit of its last letter. */
export const deployed = (version: string, hoursAgo: number): DatedRelease => ({
  version,
  projects: [version.split("@")[0] ?? ""],
  at: new Date(NOON - hoursAgo * HOUR).toISOString(),
  deployed: true,
  commit: version.slice(-1).repeat(40),
});
