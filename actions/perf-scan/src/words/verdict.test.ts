import { HOUR } from "@patchpilot/time";
import { assessLatency, type LatencyBucket } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { describeLatencyVerdict } from "./verdict.ts";

const MIDNIGHT = 20_000 * 24 * HOUR;
const hours = (from: number, length: number, p95: number, above: number): LatencyBucket[] =>
  Array.from({ length }, (_, i) => ({ at: MIDNIGHT + (from + i) * HOUR, samples: 50, p95, above }));
const describe = (current: LatencyBucket[], baseline: LatencyBucket[], aboveMs: number): string =>
  describeLatencyVerdict(
    assessLatency({ current, baseline, aboveMs, thresholdMs: 1000, minChange: 1.15, minSamples: 100 }),
  );

test("a query that takes microseconds is described in microseconds", () => {
  const text = describe(hours(168, 6, 1.26, 14), hours(0, 168, 0.042, 5), 0.034);
  expect(text).toMatch(/p95 is 1\.3 ms and was 0\.042 ms .* took longer than 0\.034 ms/);
});

test("what is slow without a baseline says that it is not known whether it became slower", () => {
  const text = describe(hours(168, 6, 1400, 40), [], 150);
  expect(text).toMatch(/above the threshold of 1000 ms, steadily.*not known/);
});
