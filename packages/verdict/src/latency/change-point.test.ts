import { HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { latencyHours } from "../testing/latency.ts";
import { findChangePoint } from "./change-point.ts";

const jitter = (hours: ReturnType<typeof latencyHours>) =>
  hours.map((hour, i) => ({ ...hour, p95: (hour.p95 ?? 0) + ((i * 7) % 11) }));

test("a step is found at the hour at which it happened", () => {
  const hours = [...jitter(latencyHours(0, 100)), ...jitter(latencyHours(100, 40, { p95: 300 }))];
  const change = findChangePoint(hours, 1.1);
  expect(change?.at).toBe(hours[100]?.at);
  expect(change?.ratio).toBeCloseTo(1.5, 1);
});

test("a step wherever it is, of any size over the minimum, is found to within three hours", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 120 }),
      fc.double({ min: 1.2, max: 20, noNaN: true }),
      (at, factor) => {
        const hours = [
          ...jitter(latencyHours(0, at)),
          ...jitter(latencyHours(at, 140 - at, { p95: 200 * factor })),
        ];
        const found = findChangePoint(hours, 1.1)?.at ?? 0;
        expect(Math.abs(found - (hours[at]?.at ?? 0))).toBeLessThanOrEqual(3 * HOUR);
      },
    ),
  );
});

test("what is over again is no change", () => {
  const hours = [
    ...jitter(latencyHours(0, 100)),
    ...jitter(latencyHours(100, 20, { p95: 300 })),
    ...jitter(latencyHours(120, 20)),
  ];
  expect(findChangePoint(hours, 1.1)).toBeUndefined();
});

test.each([
  ["a steady series", jitter(latencyHours(0, 140))],
  [
    "a step that is too small",
    [...jitter(latencyHours(0, 70)), ...jitter(latencyHours(70, 70, { p95: 212 }))],
  ],
  ["a daily cycle", latencyHours(0, 168).map((hour, i) => ({ ...hour, p95: 200 + 80 * Math.cos(i / 3.82) }))],
  ["a handful of hours", [...latencyHours(0, 4), ...latencyHours(4, 4, { p95: 900 })]],
  ["no hour at all", []],
])("%s has none", (_, hours) => {
  expect(findChangePoint(hours, 1.1)).toBeUndefined();
});

test("hours without a p95 are passed over", () => {
  const hours = [
    ...jitter(latencyHours(0, 60)),
    ...latencyHours(60, 10, { p95: null }),
    ...jitter(latencyHours(70, 40, { p95: 400 })),
  ];
  expect(findChangePoint(hours, 1.1)?.at).toBe(hours[70]?.at);
});
