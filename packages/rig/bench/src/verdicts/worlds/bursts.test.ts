import { describe, expect, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { spawnBursts } from "./spawn.ts";
import {
  dispersion,
  drawMany,
  drawOne,
  errorsIn,
  expectNear,
  ratePerHourIn,
  sumEach,
  total,
} from "./testing/measure.ts";

describe("errors in bursts", () => {
  test.each([4, 20])("of %s that begin in one bucket are over a quarter of an hour later", (size) => {
    const counts = spawnBursts(size, 0.25)(
      [...new Array(5).fill(0), 3 * size, ...new Array(20).fill(0)],
      seededRandom(1),
    );
    expect(total(counts)).toBeGreaterThan(0);
    expect(total(counts) % size).toBe(0);
    expect(total(counts.slice(0, 5)) + total(counts.slice(9))).toBe(0);
  });

  test.each([4, 20])("of %s keep the rate in the mean", (size) => {
    const worlds = drawMany(`bursts of ${size} within 15 min`, {}, 120);
    expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.06);
  });

  test.each([4, 20])("of %s are as many times as dispersed as errors one by one", (size) => {
    const world = drawOne(`bursts of ${size} within 15 min`, { perHour: 20 });
    expectNear(dispersion(sumEach(errorsIn(world, -168, 240), 48)), size, 0.35);
  });
});

describe("negative binomial errors", () => {
  test.each([
    ["hour, shape .5", 12, 1 + 5 / 0.5],
    ["bucket, shape .2", 1, 1 + 5 / 12 / 0.2],
  ])("by %s have the dispersion of that shape", (by, buckets, law) => {
    const worlds = drawMany(`negative binomial by ${by}`);
    const counts = worlds.flatMap((world) => sumEach(errorsIn(world, -168, 0), buckets));
    expectNear(dispersion(counts), law, 0.1);
    expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.06);
  });
});
