import { expect, test } from "vitest";
import { hours } from "./plan.ts";
import { drawMany, expectNear, ratePerHourIn } from "./testing/measure.ts";

test.each([
  ["a deploy 24 h before had left 20 %", 24, 0.2],
  ["a deploy 72 h before had left 20 %", 72, 0.2],
  ["a deploy 24 h before had left 35 %", 24, 0.35],
  ["a deploy 72 h before had left 35 %", 72, 0.35],
  ["five times as many since 24 h", 24, 5],
])("%s", (name, before, left) => {
  const worlds = drawMany(name);
  const rate = ratePerHourIn(worlds, -before, 0);
  expectNear(rate, 5, 0.1);
  expectNear(rate / ratePerHourIn(worlds, -168, -before), left, 0.12);
  expect(worlds.every(({ deploys, deploy }) => deploys.includes(deploy - hours(before)))).toBe(true);
});
