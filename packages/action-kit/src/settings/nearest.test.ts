import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { editsBetween, findNearest } from "./nearest.ts";

test.each([
  ["autonomy", "autonomy", 0],
  ["autonmy", "autonomy", 1],
  ["autonomyy", "autonomy", 1],
  ["autonomi", "autonomy", 1],
  ["autnoomy", "autonomy", 1],
  ["atonmy", "autonomy", 2],
  ["", "via", 3],
  ["ca", "abc", 3],
])("from %j to %j it takes %i edits", (a, b, edits) => {
  expect(editsBetween(a, b)).toBe(edits);
});

test("edits are the same in both directions, and none only between equal words", () => {
  const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "-") });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editsBetween(a, b)).toBe(editsBetween(b, a));
      expect(editsBetween(a, b) === 0).toBe(a === b);
      expect(editsBetween(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

describe("the nearest names", () => {
  it("are at most two edits away", () => {
    expect(findNearest("atonmy", ["autonomy", "agent"])).toEqual(["autonomy"]);
    expect(findNearest("atonm", ["autonomy", "agent"])).toEqual([]);
  });

  it("are all that are equally near, and none that is further", () => {
    expect(findNearest("stap", ["step", "stop", "draft", "ste"])).toEqual(["step", "stop"]);
  });

  it.each(["Max-Attempts", "max_attempts", "MAX ATTEMPTS", " max-attempts "])(
    "overlook how %j is spelt",
    (name) => {
      expect(findNearest(name, ["max-attempts", "min-attempts"])).toEqual(["max-attempts"]);
    },
  );
});
