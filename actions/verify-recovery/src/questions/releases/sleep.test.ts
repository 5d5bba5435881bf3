import { describe, expect, test } from "vitest";
import { maySleep } from "./sleep.ts";

/** Traffic an hour of the old release and of the one with the fix. */
type Traffic = (hour: number) => readonly [old: number, fixed: number];
const hours = (length: number, traffic: Traffic) =>
  Array.from({ length }, (_, hour) => {
    const [old, fixed] = traffic(hour);
    return { fixed, old, surelyOld: old, unknown: 0, total: old + fixed };
  });
/** Between a tenth and all of it, most at one hour of the day. */
const awake = (hour: number, noon: number) => 0.1 + 0.45 * (1 + Math.cos((2 * Math.PI * (hour - noon)) / 24));
const fading =
  (all: (hour: number) => number, half: number, first = 1): Traffic =>
  (hour) => {
    const old = first * 0.5 ** (hour / half);
    return [all(hour) * old, all(hour) * (1 - old)];
  };

describe("old traffic may only sleep", () => {
  test.each<[string, number, Traffic]>([
    ["and the rest is awake", 12, (hour: number) => [hour < 6 ? 200 : 20, 120]],
    ["and the rest wakes up", 12, (hour: number) => [200 * awake(hour, 0), 200 * awake(hour, 12)]],
    ["and woke up before", 20, (hour: number) => [200 * awake(hour, 8), 200 * awake(hour, 20)]],
    ["and the rest sleeps a little, too", 11, (hour: number) => [200 * awake(hour, 0), 120 * awake(hour, 3)]],
  ])("if a region keeps it %s", (_, length, traffic) => {
    expect(maySleep(hours(length, traffic))).toBe(true);
  });
});

describe("old traffic does not only sleep", () => {
  const even = () => 240;
  test.each([1, 3, 6, 24])("if clients leave, half of them within %f h", (half) => {
    for (let length = 1; length < 72; length += 1)
      expect(maySleep(hours(length, fading(even, half)))).toBe(false);
  });

  test("if most had left at once", () => {
    expect(maySleep(hours(10, fading(even, 5, 0.4)))).toBe(false);
  });

  test("if servers are replaced, at once or in the end", () => {
    expect(maySleep(hours(8, () => [0, 240]))).toBe(false);
    expect(maySleep(hours(12, (hour) => (hour < 7 ? [240, 0] : [0, 240])))).toBe(false);
    expect(maySleep(hours(12, (hour) => (hour < 7 ? [140, 100] : [0, 240])))).toBe(false);
  });

  test("if there has been hardly any time, or no traffic", () => {
    expect(maySleep([])).toBe(false);
    expect(maySleep(hours(12, () => [0, 0]))).toBe(false);
  });
});
