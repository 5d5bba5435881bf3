import { expect, test } from "vitest";
import { describeCount, describeMilliseconds, describeRate, describeRateChange } from "./quantities.ts";

test.each([
  [7, "7"],
  [999.6, "1,000"],
  [1_234_567, "1,234,567"],
])("%d is counted as %s", (count, text) => {
  expect(describeCount(count)).toBe(text);
});

test.each([
  [0.0416, "0.042 ms"],
  [1.26, "1.3 ms"],
  [909.7, "910 ms"],
  [9_999.7, "10000 ms"],
  [12_449, "12.4 s"],
])("%d milliseconds are %s", (value, text) => {
  expect(describeMilliseconds(value)).toBe(text);
});

test("a rate of less than one an hour is one a day", () => {
  expect([5.41, 1234, 0.5, 0.02].map((rate) => describeRate(rate))).toEqual([
    "5.4 an hour",
    "1,234 an hour",
    "12 a day",
    "0.5 a day",
  ]);
});

test("two rates have one unit, that of the higher one", () => {
  expect(describeRateChange(5.41, 2.49)).toBe("from 5.4 to 2.5 an hour");
  expect(describeRateChange(2, 0.04)).toBe("from 2 to 0 an hour");
  expect(describeRateChange(0.5, 0.1)).toBe("from 12 to 2.4 a day");
});
