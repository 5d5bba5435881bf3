import { describe, expect, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { DAY_BUCKETS, hours } from "./plan.ts";
import { drawAftermath, type Relapse } from "./relapses.ts";
import { dispersion, expectNear, mean, sumEach, total } from "./testing/measure.ts";

const RELAPSE: Relapse = {
  pattern: "one by one",
  perHour: 5,
  left: 0,
  back: null,
  stragglers: { count: 0, nameRelease: true },
  days: 90,
};
const PATTERNS = ["one by one", "daily cycle", "bursts of 4"] as const;

function drawTwenty(relapse: Partial<Relapse>) {
  const random = seededRandom(5);
  return Array.from({ length: 20 }, () => drawAftermath({ ...RELAPSE, ...relapse }, random));
}

describe("what follows a close", () => {
  test.each(PATTERNS)("errors in the pattern %s: the old rate before, a share of it since", (pattern) => {
    const drawn = drawTwenty({ pattern, left: 0.1 });
    expectNear(mean(drawn.map(({ before }) => 12 * mean(before.events))), 5, 0.06);
    expectNear(mean(drawn.map(({ since }) => 12 * mean(since.events))), 0.5, 0.06);
    expect(drawn.every(({ since }) => since.events.length === 90 * DAY_BUCKETS)).toBe(true);
  });

  test.each([1, 1 / 3])("a relapse to %s of the rate begins at its hour, not before", (share) => {
    const drawn = drawTwenty({ back: { share, afterHours: 72 } });
    expect(total(drawn.map(({ since }) => total(since.events.slice(0, hours(72)))))).toBe(0);
    expectNear(mean(drawn.map(({ since }) => 12 * mean(since.events.slice(hours(72))))), 5 * share, 0.05);
  });

  test("bursts have the dispersion of their size", () => {
    const drawn = drawTwenty({ pattern: "bursts of 4", left: 1 });
    expectNear(dispersion(drawn.flatMap(({ since }) => sumEach(since.events, hours(12)))), 4, 0.1);
  });

  test("the daily cycle shows in exposure", () => {
    const [drawn] = drawTwenty({ pattern: "daily cycle", days: 7 });
    const exposure = drawn?.since.exposure ?? [];
    expectNear(Math.max(...exposure) / Math.min(...exposure), 9, 0.05);
  });

  test("late errors of old clients are counted apart if they name their release, and with the others if not", () => {
    const counts = [true, false].map((nameRelease) =>
      drawTwenty({ stragglers: { count: 3, nameRelease } }).map(({ since, stragglers }) => [
        total(since.events),
        total(stragglers),
      ]),
    );
    expect(counts).toEqual([new Array(20).fill([0, 3]), new Array(20).fill([3, 0])]);
  });
});
