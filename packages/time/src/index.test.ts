import { expect, test } from "vitest";
import { formatMinute, HOUR, WEEK } from "./index.ts";

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
