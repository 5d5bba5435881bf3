import { expect, test } from "vitest";
import { hours } from "./plan.ts";
import { HEALED_HOURS } from "./restarts.ts";
import { allReleases, drawMany, errorsIn, expectNear, ratePerHourIn, total } from "./testing/measure.ts";

test("a restart heals for 20 h, after each deploy and after this one, and then errors come at the rate", () => {
  const worlds = drawMany("a restart heals for 20 h", { perHour: 20 });
  for (const { events, deploys, deploy } of worlds) {
    for (const start of [...deploys, deploy]) {
      expect(total(allReleases(events).slice(start, start + hours(HEALED_HOURS)))).toBe(0);
    }
  }
  expectNear(ratePerHourIn(worlds, 20, 240), 20, 0.03);
});

test("one late error comes of an old client, on any of the days after the deploy", () => {
  const worlds = drawMany("one late error of an old client", { residue: 0 });
  expect(worlds.map((world) => total(errorsIn(world, 0, 240)))).toEqual(new Array(40).fill(1));
  expect(worlds.every(({ events }) => total(events.new) === 0)).toBe(true);
});
