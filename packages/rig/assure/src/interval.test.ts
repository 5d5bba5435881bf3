import { expect, test } from "vitest";
import { describeBound, lowerBound, twoDigitPercent, upperBound } from "./interval.ts";

test.each([
  // 1 - .05^(1/n), the rule of three.
  [0, 10, 0.2589],
  [0, 100, 0.029_51],
  [0, 1_000_000, 2.9957e-6],
  // Clopper and Pearson, one-sided 95 %, as R's binom.test(alternative = "less") gives them.
  [1, 10, 0.3942],
  [5, 10, 0.7776],
  [2, 100, 0.061_62],
  [10, 10, 1],
  [0, 0, 1],
])("of %i in %i, at most a share of %d is possible", (count, of, bound) => {
  expect(upperBound(count, of)).toBeCloseTo(bound, bound < 0.001 ? 9 : 4);
});

test("the lower bound is the upper one of what was not seen", () => {
  expect(lowerBound(10, 10)).toBeCloseTo(1 - 0.2589, 4);
  expect([lowerBound(0, 10), lowerBound(0, 0)]).toEqual([0, 0]);
});

test("a higher confidence leaves more open", () => {
  expect(upperBound(3, 1_000, 0.99)).toBeGreaterThan(upperBound(3, 1_000));
});

test("a bound is written with two digits that count", () => {
  expect([twoDigitPercent(2.9957e-6), twoDigitPercent(0.2589), describeBound(0, 1_000_000)]).toEqual([
    "0.0003 %",
    "26 %",
    "<= 0.0003 % at 95 %",
  ]);
});
