import { describe, expect, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { drawAftermath, type Relapse, WATCH_DAYS } from "./relapses.ts";
import { dispersion, expectNear, mean, sumEach, total } from "./testing/measure.ts";

const RELAPSE: Relapse = { pattern: "one by one", perHour: 5, left: 0, back: null, stragglers: 0 };

function drawTwenty(relapse: Partial<Relapse>) {
  const random = seededRandom(5);
  return Array.from({ length: 20 }, () => drawAftermath({ ...RELAPSE, ...relapse }, random));
}

describe("what follows a close", () => {
  test.each(["one by one", "daily cycle", "bursts of 4"] as const)(
    "errors %s: the old rate before, a share of it for 90 days since",
    (pattern) => {
      const drawn = drawTwenty({ pattern, left: 0.1 });
      expectNear(mean(drawn.map(({ before }) => mean(before.errors))), 5, 0.06);
      expectNear(mean(drawn.map(({ since }) => mean(since.errors))), 0.5, 0.06);
      expect(drawn.every(({ since }) => since.errors.length === WATCH_DAYS * 24)).toBe(true);
    },
  );

  test.each([1, 1 / 3])("a relapse to %s of the rate begins at its hour, not before", (share) => {
    const drawn = drawTwenty({ back: { share, afterHours: 72 } });
    expect(total(drawn.map(({ since }) => total(since.errors.slice(0, 72))))).toBe(0);
    expectNear(mean(drawn.map(({ since }) => mean(since.errors.slice(72)))), 5 * share, 0.05);
  });

  test("bursts have four errors, over a few buckets at most", () => {
    const [drawn] = drawTwenty({ pattern: "bursts of 4", left: 1 });
    const errors = drawn?.since.errors ?? [];
    expectNear(dispersion(sumEach(errors, 12)), 4, 0.25);
    expect(total(drawn?.since.active ?? [])).toBeLessThan(0.8 * total(errors));
  });

  test("the daily cycle shows in exposure", () => {
    const [drawn] = drawTwenty({ pattern: "daily cycle" });
    const exposure = drawn?.since.exposure ?? [];
    expectNear(Math.max(...exposure) / Math.min(...exposure), 9, 0.05);
    expectNear(mean(exposure), 1, 0.01);
  });

  test("old clients' late errors are counted apart", () => {
    const drawn = drawTwenty({ stragglers: 3 });
    expect(drawn.map(({ stragglers }) => total(stragglers))).toEqual(new Array(20).fill(3));
    expect(total(drawn.map(({ since }) => total(since.errors)))).toBe(0);
  });
});
