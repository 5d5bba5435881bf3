import { expect, test } from "vitest";
import { instantRange } from "./instant-range.ts";

const NOON = "2026-11-02T12:00:00Z";

test.each([
  [undefined, true],
  [">=2026-11-02T12:00:00Z", true],
  [">2026-11-02T12:00:00Z", false],
  ["<2026-11-02T12:00:00Z", false],
  ["<=2026-11-02", true],
  [">2026-11-02", false],
  ["2026-11-02", true],
  ["2026-11-01..2026-11-02", true],
  ["*..2026-11-01", false],
  ["2026-11-02T12:00:01Z..*", false],
])("noon is within %s: %s", (range, within) => {
  expect(instantRange(range)(NOON)).toBe(within);
});

test("what is no date is refused", () => {
  expect(() => instantRange(">=yesterday")).toThrow("yesterday is not a date");
});
