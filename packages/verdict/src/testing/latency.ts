import { DAY, HOUR } from "@patchpilot/time";
import fc from "fast-check";
import type { LatencyBucket } from "../latency/latency-buckets.ts";
import type { LatencyInput } from "../latency/latency-summary.ts";

/** A midnight in UTC. */
export const MIDNIGHT = 20_000 * DAY;

/** Hours of one kind, `from` hours after the midnight. */
export function latencyHours(
  from: number,
  length: number,
  {
    samples = 50,
    p95 = 200,
    above = 5,
  }: { samples?: number; p95?: number | null; above?: number | null } = {},
): LatencyBucket[] {
  return Array.from({ length }, (_, i) => ({ at: MIDNIGHT + (from + i) * HOUR, samples, p95, above }));
}

/** A week before and six hours now; a tenth of the requests was slow. */
export function latencyInput(
  current: readonly LatencyBucket[],
  more: Partial<LatencyInput> = {},
): LatencyInput {
  return {
    baseline: latencyHours(0, 168),
    current,
    aboveMs: 150,
    thresholdMs: 1000,
    minChange: 1.15,
    minSamples: 100,
    ...more,
  };
}

/** Hours of any sort: empty ones, unknown p95 and counts, busy ones. */
export const anyLatencyHours = (from: number, most: number): fc.Arbitrary<LatencyBucket[]> =>
  fc
    .array(
      fc
        .record({
          samples: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 })),
          p95: fc.option(fc.double({ min: 0.01, max: 60_000, noNaN: true })),
          above: fc.option(fc.nat(5000), { freq: 20 }),
        })
        .map(({ samples, p95, above }) => ({
          samples,
          p95,
          above: above === null ? null : Math.min(above, samples),
        })),
      { maxLength: most },
    )
    .map((hours) => hours.map((hour, i) => ({ at: MIDNIGHT + (from + i) * HOUR, ...hour })));

/** Any comparison at all, plausible or not. */
export const anyLatency: fc.Arbitrary<LatencyInput> = fc.record({
  baseline: anyLatencyHours(0, 168),
  current: anyLatencyHours(168, 30),
  thresholdMs: fc.option(fc.double({ min: 1, max: 10_000, noNaN: true })),
  minChange: fc.double({ min: 1, max: 3, noNaN: true }),
  minSamples: fc.integer({ min: 1, max: 1000 }),
});
