import { describe, expect, it } from "vitest";
import { leastWithoutPrecedent, precedentFor, rankQuiet, sumRuns } from "./rank.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";

/** A week at one unit of use an hour, with an error in each bucket but for one silence of so many hours. */
function weekWithSilence(hours: number) {
  const exposure = new Array<number>(168 * BUCKETS_PER_HOUR).fill(1 / BUCKETS_PER_HOUR);
  const isSilent = (bucket: number) => bucket >= 600 && bucket < 600 + hours * BUCKETS_PER_HOUR;
  return sumRuns({ events: exposure.map((_, bucket) => (isSilent(bucket) ? 0 : 1)), exposure });
}

describe("a silence without precedent", () => {
  it("is a tenth longer than the longest of the week before", () => {
    expect(leastWithoutPrecedent(weekWithSilence(10), 0)).toBeCloseTo(11, 6);
  });

  it("is twice as long as what may have been a day of rest", () => {
    expect(leastWithoutPrecedent(weekWithSilence(20), 0)).toBeCloseTo(40, 6);
  });

  it.each([5, 10, 17, 18, 19, 24])("is found in both ways after one of %i h", (hours) => {
    const runs = weekWithSilence(hours);
    const least = leastWithoutPrecedent(runs, 0);
    const isWithout = (exposure: number) => rankQuiet(runs, precedentFor(runs, exposure), 0).quiet === 0;
    expect([isWithout(least * 0.999), isWithout(least * 1.001)]).toEqual([false, true]);
  });
});
