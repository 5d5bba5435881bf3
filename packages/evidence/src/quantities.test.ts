import { expect, test } from "vitest";
import { describeCount, describeMilliseconds, describeMinute } from "./quantities.ts";

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

test("an instant is told to the minute, in UTC", () => {
  expect(describeMinute("2026-11-21T14:05:59.999Z")).toBe("2026-11-21 14:05 UTC");
  expect(describeMinute(Date.UTC(2026, 10, 21, 14))).toBe("2026-11-21 14:00 UTC");
});
