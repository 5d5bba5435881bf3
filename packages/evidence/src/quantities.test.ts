import { expect, test } from "vitest";
import { describeCount, describeMilliseconds } from "./quantities.ts";

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
