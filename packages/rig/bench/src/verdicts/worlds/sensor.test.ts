import { describe, expect, test } from "vitest";
import { LOST_PER_HOUR, OTHERS_PER_HOUR } from "./sensor-outcomes.ts";
import { allReleases, drawMany, expectNear, mean, ratePerHourIn, total } from "./testing/measure.ts";
import type { World } from "./world.ts";

/** Mean an hour over a span of hours from the deploy on. */
const perHourSince = (
  worlds: readonly World[],
  pick: (world: World) => readonly number[],
  from: number,
  to: number,
) =>
  mean(
    worlds.map(
      (world) => total(pick(world).slice(world.deploy + from * 12, world.deploy + to * 12)) / (to - from),
    ),
  );

describe("a quota that is spent", () => {
  const worlds = drawMany("error quota spent for 24 h");

  test("stores nothing for a day, and all of it again after that", () => {
    expect(ratePerHourIn(worlds, 0, 24)).toBe(0);
    expect(perHourSince(worlds, ({ others }) => others, 0, 24)).toBe(0);
    expectNear(ratePerHourIn(worlds, 24, 240), 5, 0.04);
  });

  test("counts as rate-limited what it does not store", () => {
    const limited = perHourSince(worlds, ({ outcomes }) => outcomes.rateLimited, 0, 24);
    expectNear(limited, 5 + OTHERS_PER_HOUR + LOST_PER_HOUR.rateLimited, 0.05);
    expect(perHourSince(worlds, ({ outcomes }) => outcomes.rateLimited, 24, 240)).toBeLessThan(0.1);
  });
});

describe.each([1, 4, 12])("errors that are %s h late", (late) => {
  test("happen as before, and are late from the deploy on", () => {
    const worlds = drawMany(`errors ${late} h late`);
    expectNear(ratePerHourIn(worlds, 0, 24), 5, 0.1);
    const [{ lateness, deploy } = { lateness: [], deploy: 0 }] = worlds;
    expect([lateness[deploy - 1], lateness[deploy]]).toEqual([0, late * 12]);
  });
});

test("clients that send a tenth discard the rest, and say at which rate they sample", () => {
  const worlds = drawMany("errors sampled to a tenth at the deploy");
  expectNear(ratePerHourIn(worlds, 0, 240), 0.5, 0.06);
  const discarded = perHourSince(worlds, ({ outcomes }) => outcomes.discarded, 0, 240);
  expectNear(discarded, 0.9 * (5 + OTHERS_PER_HOUR) + LOST_PER_HOUR.discarded, 0.04);
  const [world] = worlds;
  expect(world?.sampleRates.errors[world.deploy - 1]).toBe(1);
  expect(world?.sampleRates.errors[world.deploy]).toBeCloseTo(0.1, 9);
});

test("a sensor that works accepts every error, and always loses some events", () => {
  const worlds = drawMany("one by one");
  for (const { outcomes, events, others } of worlds) {
    expect(total(outcomes.accepted)).toBe(total(others) + total(allReleases(events)));
  }
  expectNear(
    perHourSince(worlds, ({ outcomes }) => outcomes.filtered, 0, 240),
    LOST_PER_HOUR.filtered,
    0.05,
  );
});
