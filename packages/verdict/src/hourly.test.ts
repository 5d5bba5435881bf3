import { describe, expect, test } from "vitest";
import { hasHourlyRateStayed } from "./hourly.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { summarise } from "./summarise.ts";
import { poissonSeries, recoveryInput, seededRandom, WEEK } from "./testing/incidents.ts";

/** Errors at four an hour before the deploy, and at a rate and a level of traffic since. */
function summariseDay(perHour: number, traffic: number, hours = 24, seed = 1) {
  const random = seededRandom(seed);
  const since = poissonSeries(hours * BUCKETS_PER_HOUR, perHour, random);
  return summarise(
    recoveryInput(poissonSeries(WEEK, 4, random), {
      ...since,
      exposure: since.exposure.map(() => traffic),
    }),
  );
}
const isSaid = (...day: Parameters<typeof summariseDay>) => hasHourlyRateStayed(summariseDay(...day));

describe("as many errors an hour as before, under more traffic,", () => {
  test("are seen within a day", () => {
    expect(isSaid(4, 2.9)).toBe(true);
  });

  test("are not judged in the first hours, which may be those of the peak", () => {
    expect(isSaid(4, 2.9, 12)).toBe(false);
  });

  test("are not said of traffic that has not risen: there the count against traffic decides", () => {
    expect(isSaid(4, 1)).toBe(false);
  });

  test.each([0, 0.4, 1.2])("are not said of a fix that leaves %d of four an hour", (left) => {
    expect(isSaid(left, 2.9)).toBe(false);
  });

  test("are not said of half of them in any of 40 draws", () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);
    expect(seeds.filter((seed) => isSaid(2, 2.9, 24, seed)).length).toBeLessThanOrEqual(1);
  });
});
