import { describe, expect, test } from "vitest";
import { weighAbsence } from "./absence.ts";

const LOG_OF_TWENTY = Math.log(20);
/** Errors in some of so many hours, of which each had one before. */
const weigh = (hours: number, errors: Readonly<Record<number, number>> = {}, dispersion = 1) =>
  weighAbsence(
    Array.from({ length: 12 * hours }, (_, i) => (i % 12 === 6 ? (errors[Math.floor(i / 12)] ?? 0) : 0)),
    new Array(12 * hours).fill(1 / 12),
    dispersion,
  );

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

  test("where nothing was raised before", () => {
    expect(weighAbsence([0, 0], [Number.NaN, 0], 1)).toBeLessThan(0);
  });
});

test("evidence beyond all bounds is a number", () => {
  expect(Number.isFinite(weighAbsence([0], [1e6], 1))).toBe(true);
});
