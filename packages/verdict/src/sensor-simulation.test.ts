import { describe, expect, test } from "vitest";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { findSensorHold, summariseSensor } from "./sensor.ts";
import type { Series } from "./series.ts";
import { poissonSeries, seededRandom, WEEK } from "./testing/incidents.ts";

const TRIALS = 300;
/** Hours after the deploy: while it is early, and later. */
const EARLY = [1, 2, 3];
const LOOKS = [4, 6, 8, 12, 24, 48];

const cut = ({ events, exposure }: Series, hours: number): Series => ({
  events: events.slice(0, hours * BUCKETS_PER_HOUR),
  exposure: exposure.slice(0, hours * BUCKETS_PER_HOUR),
});

const isHeld = (baseline: Series, since: Series): boolean =>
  findSensorHold(summariseSensor({ own: 10, others: { baseline, since }, losses: null })) !== undefined;

/** Projects with so many other errors an hour, and since the deploy with a share of them. */
function* simulate(perHour: number, left: number): Generator<{ baseline: Series; since: Series }> {
  const random = seededRandom(perHour * 1_000 + left * 10);
  for (let trial = 0; trial < TRIALS; trial++) {
    const baseline = poissonSeries(WEEK, perHour, random);
    yield { baseline, since: poissonSeries(48 * BUCKETS_PER_HOUR, perHour * left, random) };
  }
}

/** Share of the trials that are held at one of the looks. */
const shareHeld = (perHour: number, looks: readonly number[]): number => {
  const held = [...simulate(perHour, 1)].filter(({ baseline, since }) =>
    looks.some((hours) => isHeld(baseline, cut(since, hours))),
  );
  return held.length / TRIALS;
};

describe("a simulated project, looked at again and again in 48 hours", () => {
  test.each([0.5, 2, 10, 60])("with %d other errors an hour is hardly ever held", (perHour) => {
    expect(shareHeld(perHour, LOOKS)).toBeLessThanOrEqual(0.05);
  });

  test.each([
    [0.5, 0.01],
    [2, 0.35],
    [10, 0.15],
    [60, 0.01],
  ])("with %d other errors an hour is held now and then while it is early", (perHour, most) => {
    expect(shareHeld(perHour, EARLY)).toBeLessThanOrEqual(most);
  });

  test.each([
    { perHour: 0.5, left: 0, hours: 24, least: 0.95 },
    { perHour: 2, left: 0, hours: 6, least: 0.95 },
    { perHour: 10, left: 0, hours: 2, least: 0.95 },
    { perHour: 60, left: 0, hours: 1, least: 0.95 },
    { perHour: 2, left: 0.1, hours: 48, least: 0.9 },
    { perHour: 10, left: 0.1, hours: 24, least: 0.9 },
    { perHour: 60, left: 0.1, hours: 6, least: 0.9 },
  ])("with $perHour other errors an hour, of which $left are left, is held after $hours h", (world) => {
    const trials = [...simulate(world.perHour, world.left)];
    const held = trials.filter(({ baseline, since }) => isHeld(baseline, cut(since, world.hours)));
    expect(held.length / TRIALS).toBeGreaterThanOrEqual(world.least);
  });

  test("with 6 other errors an hour is not taken for alive within the hour when none arrives", () => {
    const dead = [...simulate(6, 0)].filter(({ baseline, since }) => !isHeld(baseline, cut(since, 1)));
    const alive = [...simulate(6, 1)].filter(({ baseline, since }) => isHeld(baseline, cut(since, 1)));
    expect([dead.length, alive.length / TRIALS]).toEqual([0, expect.closeTo(0, 1)]);
  });

  test("with too few other errors to tell within two hours is not held for it", () => {
    const held = [...simulate(0.5, 0)].filter(({ baseline, since }) => isHeld(baseline, cut(since, 1)));
    expect(held).toEqual([]);
  });
});
