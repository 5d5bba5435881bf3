import { describe, expect, test } from "vitest";
import { type Left, scoreFall, weighAbsence, weighFall } from "./fade.ts";

const LOG_OF_TWENTY = Math.log(20);
const LOG_OF_HUNDRED = Math.log(100);

/** So many hours of which each usually has one, and what some of them had. */
const seen = (hours: number, errors: Readonly<Record<number, number>> = {}): Left[] =>
  Array.from({ length: hours }, (_, hour) => ({ seen: errors[hour] ?? 0, usual: 1 }));
const weigh = (hours: number, errors: Readonly<Record<number, number>> = {}, dispersion = 1) =>
  weighAbsence(seen(hours, errors), dispersion);

describe("old releases are gone", () => {
  test("once their silence since the deploy is long enough", () => {
    expect(weigh(12)).toBeLessThan(LOG_OF_TWENTY);
    expect(weigh(19)).toBeGreaterThan(LOG_OF_TWENTY);
  });

  test("though they raised some at first, after a longer silence", () => {
    const first = { 0: 3, 1: 2 };
    expect(weigh(19, first)).toBeLessThan(LOG_OF_TWENTY);
    expect(weigh(32, first)).toBeGreaterThan(LOG_OF_TWENTY);
  });

  test("though a forgotten tab raises one", () => {
    expect(weigh(30, { 29: 1 })).toBeGreaterThan(LOG_OF_TWENTY);
  });
});

describe("old releases are not gone", () => {
  test("while a quarter is left, however long it lasts", () => {
    const quarter = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [4 * i, 1]));
    expect(weigh(400, quarter)).toBeLessThan(0);
  });

  test("after a silence that bursts have, too", () => {
    expect(weigh(19, {}, 3)).toBeLessThan(LOG_OF_TWENTY);
  });

  test("after a night where they have to be silent for a day", () => {
    const night = Array.from({ length: 20 }, (_, hour) => ({ seen: hour < 12 ? 10 : 0, usual: 10 }));
    expect(weighAbsence(night, 1)).toBeGreaterThan(LOG_OF_TWENTY);
    expect(weighAbsence(night, 1, 24)).toBeLessThan(0);
  });

  test("where nothing was raised before", () => {
    expect(weighAbsence([{ seen: 0, usual: 0 }], 1)).toBeLessThan(0);
  });
});

describe("old releases fade", () => {
  /** What is left of a hundred an hour. */
  const fall = (hours: number, left: (hour: number) => number): Left[] =>
    Array.from({ length: hours }, (_, hour) => ({ seen: Math.round(100 * left(hour)), usual: 100 }));
  const weighed = (hours: number, left: (hour: number) => number, dispersion = 1) =>
    weighFall(fall(hours, left), dispersion);

  test.each([12, 24, 36])("if they fall from day to day, by half in %i h", (half) => {
    expect(weighed(47, (hour) => 0.5 ** (hour / half))).toBeGreaterThan(LOG_OF_HUNDRED);
  });

  test("if they were most of what there was a day before, and are little now", () => {
    expect(weighed(28, (hour) => 0.5 ** (hour / 6))).toBeGreaterThan(LOG_OF_HUNDRED);
  });

  test("if they fall only by day, and a little more each day", () => {
    const byDay = (hour: number) => (hour % 24 < 12 ? 0.8 : 0.4) * 0.6 ** (hour / 24);
    expect(weighed(64, byDay)).toBeGreaterThan(LOG_OF_HUNDRED);
  });

  test.each([
    ["before a day is over", 26, (hour: number) => 0.5 ** (hour / 6)],
    ["if a roll-out in steps has come to a halt", 34, (hour: number) => Math.max(0.4, 0.5 ** (hour / 6))],
    ["if they stay", 72, () => 0.4],
    ["if they only sleep at night", 36, (hour: number) => (hour % 24 < 12 ? 0.5 : 0.05)],
    ["if they fall too slowly to be gone within a week", 72, (hour: number) => 0.5 ** (hour / 240)],
    ["if they have come to a halt", 60, (hour: number) => Math.max(0.4, 0.5 ** (hour / 12))],
    ["if the roll-out was all that they lost", 40, (hour: number) => (hour < 6 ? 1 - hour / 10 : 0.4)],
  ] as const)("not %s", (_, hours, left) => {
    expect(weighed(hours, left)).toBeLessThan(LOG_OF_HUNDRED);
  });

  test("not if few of them seem to, or they come in bursts", () => {
    const few = Array.from({ length: 36 }, (_, hour) => ({
      seen: hour < 24 && hour % 8 === 0 ? 1 : 0,
      usual: 1,
    }));
    expect(weighFall(few, 1)).toBeLessThan(LOG_OF_HUNDRED);
    expect(weighed(48, (hour) => 0.5 ** (hour / 24), 30)).toBeLessThan(LOG_OF_HUNDRED);
  });
});

test("a fall is scored in standard errors, and a rise is below zero", () => {
  expect(scoreFall({ seen: 100, usual: 100 }, { seen: 50, usual: 100 })).toBeCloseTo(4.08, 2);
  expect(scoreFall({ seen: 50, usual: 100 }, { seen: 100, usual: 100 })).toBeLessThan(0);
  expect(scoreFall({ seen: 0, usual: 0 }, { seen: 0, usual: 9 })).toBe(0);
});

test("evidence beyond all bounds is a number", () => {
  expect(Number.isFinite(weighAbsence([{ seen: 0, usual: 1e6 }], 1))).toBe(true);
});
