import { expect, test } from "vitest";
import { DAY, describeInstant, describeSpan, formatMinute, HOUR, MINUTE, SECOND, WEEK } from "./index.ts";

test("a week is 168 hours", () => {
  expect(WEEK / HOUR).toBe(168);
});

test.each([
  ["a date", new Date("2026-11-21T07:00:59.999Z")],
  ["milliseconds", Date.parse("2026-11-21T07:00:00Z")],
  ["a text with an offset", "2026-11-21T08:00:00+01:00"],
])("%s is written in UTC, cut to the minute", (_, instant) => {
  expect(formatMinute(instant)).toBe("2026-11-21 07:00");
});

const NOW = "2026-03-05T12:00:00Z";

test.each([
  ["an instant of this year", "2026-03-03T08:05:59.999Z", "3 March, 08:05 UTC"],
  ["one with an offset", "2026-03-03T00:30:00+02:00", "2 March, 22:30 UTC"],
  ["one of another year", Date.parse("2025-12-28T23:59:00Z"), "28 December 2025, 23:59 UTC"],
])("%s is said in UTC, with the year only where it is another one", (_, instant, words) => {
  expect(describeInstant(instant, NOW)).toBe(words);
});

test.each([
  [-1, "0 s"],
  [89.4 * SECOND, "89 s"],
  [90 * SECOND, "2 min"],
  [89 * MINUTE, "89 min"],
  [90 * MINUTE, "1.5 h"],
  [18.04 * HOUR, "18 h"],
  [2 * DAY, "2 d"],
])("a span of %d ms is said as %s", (ms, words) => {
  expect(describeSpan(ms)).toBe(words);
});
