import { BUCKET } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { hourOfDay } from "./hours.ts";
import { hours } from "./plan.ts";
import {
  allReleases,
  drawMany,
  errorsIn,
  expectNear,
  mean,
  ratePerHourIn,
  total,
} from "./testing/measure.ts";

const NIGHT = "known for 12 h, daily cycle, deployed at 22:00, by the clock";

test.each([1, 3, 6, 12, 24, 48])("an issue known for %s h begins with its first error", (known) => {
  for (const world of drawMany(`known for ${known} h`)) {
    expect(world.onset).toBe(world.deploy - hours(known));
    expect(total(errorsIn(world, -168, -known))).toBe(0);
    expect(allReleases(world.events)[world.onset ?? 0]).toBeGreaterThan(0);
  }
});

test("after the first error the rest come at the rate", () => {
  const rates = drawMany("known for 48 h").map((world) => (total(errorsIn(world, -48, 0)) - 1) / 48);
  expectNear(mean(rates), 5, 0.06);
});

test("a burst's first error is the issue's first, and the bursts keep the rate", () => {
  const worlds = drawMany("known for 24 h, bursts of 4", {}, 150);
  expectNear(ratePerHourIn(worlds, -24, 0), 5, 0.1);
});

test("the nightly deploy is at 22:00 on any day, and no traffic is counted", () => {
  const worlds = drawMany(NIGHT);
  const deploys = worlds.map(({ start, deploy }) => start + deploy * BUCKET);
  expect(deploys.every((at) => hourOfDay(at) === 22)).toBe(true);
  expect(new Set(deploys).size).toBe(7);
  expect(worlds.every(({ traffic }) => traffic.project === null && traffic.operation === null)).toBe(true);
});
