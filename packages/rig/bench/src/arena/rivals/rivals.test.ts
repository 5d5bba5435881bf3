import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { compareRanks } from "@patchpilot/verdict/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayCount, rankTest } from "./counting-rivals.ts";
import { sentryAutoResolve, thirtyQuietMinutes, windowByRate } from "./quiet-rivals.ts";
import { compareTallies, tallyCounts } from "./tally-ranks.ts";

const DAY = 24 * BUCKETS_PER_HOUR;

/** Buckets with one error in every `every`, 0: none. */
const steady = (length: number, every: number): number[] =>
  Array.from({ length }, (_, i) => (every > 0 && i % every === every - 1 ? 1 : 0));
const nothing = (length: number) => steady(length, 0);
/** A week with an error every half hour. */
const BEFORE = steady(7 * DAY, 6);

test("30 quiet minutes take any half hour for a recovery, and any error for a relapse", () => {
  const since = [1, ...nothing(10), 1];
  expect(thirtyQuietMinutes.recoveredAfter({ before: BEFORE, since })).toBe(7);
  expect(thirtyQuietMinutes.backAfter({ before: BEFORE, since }, 7)).toBe(12);
  expect(thirtyQuietMinutes.recoveredAfter({ before: BEFORE, since: steady(DAY, 6) })).toBeNull();
});

test("Sentry's auto-resolve waits for a week of silence, whatever the rate was", () => {
  const since = [1, ...nothing(8 * DAY)];
  expect(sentryAutoResolve.recoveredAfter({ before: BEFORE, since })).toBe(7 * DAY + 1);
});

test("a window by the rate waits for three errors that did not come", () => {
  expect(windowByRate.recoveredAfter({ before: BEFORE, since: nothing(DAY) })).toBe(18);
  const rare = steady(7 * DAY, DAY);
  expect(windowByRate.recoveredAfter({ before: rare, since: nothing(7 * DAY) })).toBe(3 * DAY);
  expect(windowByRate.recoveredAfter({ before: nothing(DAY), since: nothing(DAY) })).toBeNull();
});

describe("a count of 24 hours", () => {
  test("is a recovery at a tenth and a relapse above it", () => {
    const tenth = steady(2 * DAY, 72);
    expect(dayCount.recoveredAfter({ before: BEFORE, since: tenth })).toBe(DAY);
    const since = [...tenth, ...steady(DAY, 30)];
    expect(dayCount.backAfter({ before: BEFORE, since }, DAY)).toBe(3 * DAY);
  });

  test("is none at a fifth", () => {
    expect(dayCount.recoveredAfter({ before: BEFORE, since: steady(3 * DAY, 30) })).toBeNull();
  });
});

describe("Mann and Whitney's test", () => {
  test("finds the fall and the return", () => {
    const since = [...nothing(2 * DAY), ...steady(DAY, 6)];
    const closed = rankTest.recoveredAfter({ before: BEFORE, since });
    expect(closed).toBeLessThan(DAY);
    expect(rankTest.backAfter({ before: BEFORE, since }, closed ?? 0)).toBeGreaterThan(2 * DAY);
  });

  test("gives the same by tallies as by sorting", () => {
    const counts = fc.array(fc.nat(9), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(counts, counts, (earlier, later) => {
        const { z } = compareRanks(earlier, later);
        expect(compareTallies(tallyCounts(earlier), tallyCounts(later))).toBeCloseTo(z, 9);
      }),
    );
  });
});
