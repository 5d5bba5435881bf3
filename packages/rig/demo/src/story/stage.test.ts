import { expect, test } from "vitest";
import { nextInstant } from "./stage.ts";

const at = (time: string) => Date.parse(`2026-03-02T${time}:00Z`);

test.each([
  ["18:02", "18:17"],
  ["18:17", "18:17"],
  ["18:18", "18:47"],
  ["23:48", "24:17"],
])("from %s on, a schedule of 17 and 47 fires at %s", (from, next) => {
  expect(nextInstant("17,47 * * * *", at(from))).toBe(
    next === "24:17" ? at("23:59") + 18 * 60_000 : at(next),
  );
});

test("a schedule that the demo cannot read is refused by name", () => {
  expect(() => nextInstant("*/5 3 * * 1", at("18:02"))).toThrow('not "*/5 3 * * 1"');
});
