import { describe, expect, test } from "vitest";
import { weighFading } from "./fading.ts";

const ENOUGH = Math.log(100);

/** By hour since the deploy: sessions of the old release and of the one with the fix, and errors of the old one. */
type Hour = readonly [old: number, fixed: number, errors: number];
const weigh = (length: number, hourAt: (hour: number) => Hour) => {
  const hours = Array.from({ length }, (_, hour) => hourAt(hour));
  const usual = (sessions: number) => Math.min(6, sessions / 40);
  return weighFading(
    hours.map(([old, fixed, seen]) => ({ seen, usual: usual(old + fixed) })),
    1,
    hours.map(([old, fixed]) => ({ old, fixed, surelyOld: old, unknown: 0, total: old + fixed })),
    [],
  );
};
const evening = (hour: number) => hour % 24 < 12;
const region = (hour: number): Hour => [evening(hour) ? 200 : 6, 120, evening(hour) ? 5 : 0];

describe("errors and traffic of old releases", () => {
  test.each([13, 20, 24])("prove nothing in %i h in which a region may only sleep", (length) => {
    const { sleeps, fading } = weigh(length, region);
    expect(sleeps).toBe(true);
    expect(Math.max(fading.errors.gone, fading.traffic?.gone ?? 0)).toBeLessThan(0);
    expect([fading.errors.falls, fading.traffic?.falls]).toEqual([0, 0]);
  });

  test("prove nothing on the days after, either", () => {
    for (let length = 25; length < 100; length += 1) {
      const { errors, traffic } = weigh(length, region).fading;
      expect(Math.max(errors.gone, traffic?.gone ?? 0)).toBeLessThan(2);
      expect(Math.max(errors.falls, traffic?.falls ?? 0)).toBeLessThan(ENOUGH);
    }
  });

  test("prove nothing on a day off, when what old traffic loses the fix does not gain", () => {
    const { fading } = weigh(40, (hour) => (hour < 24 ? [200, 120, 5] : [60 * 0.9 ** (hour - 24), 120, 1]));
    expect(fading.traffic?.falls).toBe(0);
  });

  test("that fade through a night show it on the next day", () => {
    const all = (hour: number) => (evening(hour) ? 240 : 60);
    const fade = (hour: number): Hour => {
      const old = all(hour) * 0.5 ** (hour / 5);
      return [old, all(hour) - old, 0];
    };
    expect(weigh(24, fade).fading.traffic?.falls).toBe(0);
    expect(weigh(27, fade).fading.traffic?.falls).toBeGreaterThan(ENOUGH);
  });

  test("are two things: errors that stop while the traffic stays have stopped", () => {
    const { fading } = weigh(10, (hour) => [evening(hour) ? 60 : 20, evening(hour) ? 180 : 60, 0]);
    expect(fading.errors.gone).toBeGreaterThan(5);
    expect(fading.traffic?.gone).toBeLessThan(0);
  });
});

test("without traffic by release only errors prove something", () => {
  const silent = Array.from({ length: 12 }, () => ({ seen: 0, usual: 5 }));
  const { fading, sleeps } = weighFading(silent, 1, undefined, []);
  expect(fading.errors.gone).toBeGreaterThan(5);
  expect(fading.traffic).toBeNull();
  expect(sleeps).toBeUndefined();
});
