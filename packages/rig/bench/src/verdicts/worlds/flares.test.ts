import { expect, test } from "vitest";
import { drawMany, expectNear, ratePerHourIn } from "./testing/measure.ts";

test("flares that recur keep the rate in the mean of the days before the last one", () => {
  const worlds = drawMany("recurrent flare", {}, 200);
  expectNear(ratePerHourIn(worlds, -168, -1), 5, 0.12);
});

test("the last of them began an hour before the deploy, and half of it is left after two hours", () => {
  const worlds = drawMany("recurrent flare", {}, 200);
  const height = ratePerHourIn(worlds, -1, 0);
  expect(height).toBeGreaterThan(5 * ratePerHourIn(worlds, -2, -1));
  const above = (from: number) => ratePerHourIn(worlds, from, from + 1) - 5;
  expectNear(above(1) / above(-1), 0.5, 0.15);
});

test.each(["first-ever flare", "first-ever flare, old clients beside new ones for 6 h"])(
  "a %s has been known for three hours and has been calming since it began",
  (name) => {
    const worlds = drawMany(name, { perHour: 50 }, 150);
    expect(ratePerHourIn(worlds, -168, -3)).toBe(0);
    expectNear(ratePerHourIn(worlds, -3, 0), 50, 0.06);
    expectNear(ratePerHourIn(worlds, -1, 0) / ratePerHourIn(worlds, -3, -2), 0.5, 0.08);
    expectNear(ratePerHourIn(worlds, 3, 4) / ratePerHourIn(worlds, 1, 2), 0.5, 0.12);
  },
);
