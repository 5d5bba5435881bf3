import { HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { latencyHours, MIDNIGHT } from "../testing/latency.ts";
import { lastThird, sameHourWindows, tallyLatency } from "./latency-buckets.ts";

test("six hours are compared with the same six of each of seven days", () => {
  const windows = sameHourWindows(latencyHours(0, 168), latencyHours(168 + 10, 6));
  expect(windows.map((window) => window.length)).toEqual([6, 6, 6, 6, 6, 6, 6]);
  expect(windows[0]?.[0]?.at).toBe(MIDNIGHT + (144 + 10) * HOUR);
});

test("thirty hours are compared with runs that begin whole days earlier", () => {
  const windows = sameHourWindows(latencyHours(0, 168), latencyHours(168, 30));
  expect(windows[0]?.[0]?.at).toBe(MIDNIGHT + 120 * HOUR);
  expect(windows[0]).toHaveLength(30);
});

test("days without a sample are no days", () => {
  const before = [...latencyHours(0, 24), ...latencyHours(24, 144, { samples: 0, p95: null, above: 0 })];
  expect(sameHourWindows(before, latencyHours(168, 6))).toHaveLength(1);
});

test("the current window is no part of what was before", () => {
  const hours = latencyHours(0, 24);
  expect(sameHourWindows(hours, hours)).toEqual([]);
});

test("p95 is the median of the buckets, weighted by their samples", () => {
  const hours = [
    ...latencyHours(0, 3, { samples: 1, p95: 900 }),
    ...latencyHours(3, 1, { samples: 10, p95: 100 }),
  ];
  expect(tallyLatency(hours).p95).toBe(100);
});

test("one bucket that does not tell its slow requests leaves the sum unknown, unless it is empty", () => {
  const known = latencyHours(0, 2);
  expect(tallyLatency([...known, ...latencyHours(2, 1, { above: null })]).above).toBeNull();
  expect(tallyLatency([...known, ...latencyHours(2, 1, { samples: 0, above: null })]).above).toBe(10);
});

test("the last third is counted in samples, not in hours", () => {
  const hours = [...latencyHours(0, 6, { samples: 1 }), ...latencyHours(6, 1, { samples: 60 })];
  expect(lastThird(hours)).toEqual(hours.slice(6));
});
