import { describe, expect, test } from "vitest";
import { hasPassedOn, isLow, maySleep } from "./sleep.ts";

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

const even = () => 240;
/** Twice as much by day as by night. */
const daily = (hour: number) => (hour % 24 < 12 ? 240 : 120);

describe("old traffic may only sleep", () => {
  test.each<[string, number, Traffic]>([
    ["and the rest is awake", 12, (hour) => [hour < 6 ? 200 : 20, 120]],
    ["and the rest wakes up", 12, (hour) => [200 * awake(hour, 0), 100 * awake(hour, 12)]],
    ["and was asleep before", 20, (hour) => [200 * awake(hour, 8), 200 * awake(hour, 20)]],
    ["and the rest sleeps a little, too", 11, (hour) => [200 * awake(hour, 0), 120 * awake(hour, 3)]],
    ["though all traffic is even", 12, (hour) => [hour < 8 ? 100 : 20, hour < 8 ? 140 : 220]],
  ])("if a region keeps it %s", (_, length, traffic) => {
    expect(maySleep(hours(length, traffic))).toBe(true);
  });

  test("if it falls within hours, and all traffic has busy and calm hours", () => {
    expect(
      maySleep(
        hours(10, fading(daily, 4)),
        hours(24, (hour) => [daily(hour), 0]),
      ),
    ).toBe(true);
  });
});

describe("old traffic does not only sleep", () => {
  test.each([1, 3, 6])("if clients leave even traffic, half of them within %i h", (half) => {
    for (let length = 3; length < 30; length += 1)
      expect(maySleep(hours(length, fading(even, half)))).toBe(false);
  });

  test("if hardly any are left, though traffic has busy and calm hours", () => {
    expect(maySleep(hours(18, fading(daily, 2)))).toBe(false);
  });

  test("if most had left at once", () => {
    expect(maySleep(hours(10, fading(even, 5, 0.4)))).toBe(false);
  });

  test.each([
    ["at once", 0, 0],
    ["late", 7, 0],
    ["at once in part, and late for the rest", 7, 100],
  ])("if servers are replaced %s", (_, late, fixed) => {
    const replaced = hours(12, (hour) => (hour < late ? [daily(hour), fixed] : [0, daily(hour)]));
    expect(maySleep(replaced)).toBe(false);
  });

  test("if there has been hardly any time, or no traffic", () => {
    expect(maySleep([])).toBe(false);
    expect(maySleep(hours(12, () => [0, 0]))).toBe(false);
  });
});

test("old traffic that stays or only scatters is not low", () => {
  const left = (share: (hour: number) => number) =>
    isLow(hours(20, (hour) => [share(hour) * daily(hour), (1 - share(hour)) * daily(hour)]));
  expect(left(() => 0.3)).toBe(false);
  expect(left((hour) => (hour < 15 ? 0.33 : 0.27))).toBe(false);
  expect(left((hour) => (hour < 15 ? 0.4 : 0.2))).toBe(true);
});

describe("what old releases lose", () => {
  const pass = (old: number, fixed: number) => hours(6, () => [old, fixed]);

  test("is passed on if the fix gains half of it", () => {
    expect(hasPassedOn(pass(100, 100), pass(40, 130))).toBe(true);
    expect(hasPassedOn(pass(100, 100), pass(40, 120))).toBe(false);
  });

  test("is not asked about if it was little", () => {
    expect(hasPassedOn(pass(9, 100), pass(0, 50))).toBe(true);
  });
});
