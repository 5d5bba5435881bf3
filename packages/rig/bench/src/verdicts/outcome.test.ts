import { describe, expect, test } from "vitest";
import { countOutcome, nameEnd, upperMedian } from "./outcome.ts";

describe("a median", () => {
  test("is the upper one of what has a value", () => {
    expect([upperMedian([3, 1]), upperMedian([5, 1, 3]), upperMedian([])]).toEqual([3, 3, null]);
  });

  test("counts what has no value as greater than any", () => {
    expect([upperMedian([1, 2, 3], 5), upperMedian([1, 2], 5)]).toEqual([3, null]);
  });
});

test("a rule that decides one trial in four has no median, however soon it decides", () => {
  const undecided = { verdict: "inconclusive", hours: 48 };
  const { recovered, medianHours } = countOutcome([
    { verdict: "recovered", hours: 1 },
    ...new Array(3).fill(undecided),
  ]);
  expect([recovered, medianHours]).toEqual([1, null]);
});

test("a recovery that may be a flare has stopped, any other has recovered", () => {
  const end = (weak: Parameters<typeof nameEnd>[0]["weak"]) => nameEnd({ verdict: "recovered", weak });
  expect([end([]), end(["few", "clock"]), end(["few", "flare"])]).toEqual([
    "recovered",
    "recovered",
    "stopped",
  ]);
  expect(nameEnd({ verdict: "waiting", weak: ["flare"] })).toBe("waiting");
});
