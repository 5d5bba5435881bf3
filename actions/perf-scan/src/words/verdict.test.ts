import { HOUR } from "@patchpilot/time";
import { assessLatency, type LatencyBucket } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { describeLatencyProof, describeLatencyVerdict } from "./verdict.ts";

const MIDNIGHT = 20_000 * 24 * HOUR;
const hours = (from: number, length: number, p95: number, above: number): LatencyBucket[] =>
  Array.from({ length }, (_, i) => ({ at: MIDNIGHT + (from + i) * HOUR, samples: 50, p95, above }));
const assess = (current: LatencyBucket[], baseline: LatencyBucket[], aboveMs: number) =>
  assessLatency({ current, baseline, aboveMs, thresholdMs: 1000, minChange: 1.15, minSamples: 100 });

test("a query that takes microseconds is described in microseconds", () => {
  const assessment = assess(hours(168, 6, 1.26, 14), hours(0, 168, 0.042, 5), 0.034);
  expect(describeLatencyVerdict(assessment)).toBe(
    "p95 is 1.3 ms over 300 requests, 30.0 times the 0.042 ms in the same hours before.",
  );
  expect(describeLatencyProof(assessment)).toMatch(/took longer than 0\.034 ms, .* standard errors/);
});

test("what is slow without a baseline says that it is not known whether it became slower", () => {
  const text = describeLatencyVerdict(assess(hours(168, 6, 1400, 40), [], 150));
  expect(text).toMatch(/above the threshold of 1000 ms, steadily.*not known/);
});
