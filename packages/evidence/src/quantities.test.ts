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

test.each([
  [5.41, "5.4 an hour"],
  [1234, "1,234 an hour"],
  [0.5, "12 a day"],
  [0.02, "0.5 a day"],
])("%d an hour is said as %s", (perHour, words) => {
  expect(describeRate(perHour)).toBe(words);
});

test.each([
  [5.41, 2.49, "from 5.4 to 2.5 an hour"],
  [2, 0.04, "from 2 to 0 an hour"],
  [0.5, 0.1, "from 12 to 2.4 a day"],
])("a change from %d to %d an hour has one unit", (before, after, words) => {
  expect(describeRateChange(before, after)).toBe(words);
});
