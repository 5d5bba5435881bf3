import { describe, expect, test } from "vitest";
import { deriveSeed, seededRandom } from "../draws.ts";
import { drawWorld } from "./draw-world.ts";
import { BUCKETS } from "./plan.ts";
import { allReleases, drawMany, total } from "./testing/measure.ts";
import { WORLDS } from "./worlds.ts";

const NAMES = WORLDS.map(({ name }) => name);

describe("the worlds in which verdicts are measured", () => {
  test("are named, each differently", () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });

  test("include those in which a rule must be silent, and those in which nothing is promised", () => {
    const claims = Object.groupBy(WORLDS, ({ claim }) => claim);
    expect(claims.promise?.length).toBeGreaterThan(50);
    expect(claims.abstain?.map(({ name }) => name)).toEqual([
      "once a day",
      "one day in three",
      "once a week",
      "outages of 2 h every 36 h",
      "three users in office hours",
      "first-ever flare",
    ]);
    expect(claims.print?.length).toBe(11);
  });

  test.each(NAMES)("%s: nothing left means no error of a client with the fix", (name) => {
    for (const { events, deploy } of drawMany(name, { residue: 0 }, 3)) {
      expect(total(events.new)).toBe(0);
      expect(total(allReleases(events).slice(0, deploy))).toBeGreaterThan(0);
    }
  });

  test.each(NAMES)("%s: every count is of the same buckets, and never negative", (name) => {
    for (const { events, lateness, traffic, others, outcomes, sampleRates } of drawMany(name, {}, 2)) {
      const sides = [events, traffic.project, traffic.operation].flatMap((each) =>
        each === null ? [] : Object.values(each),
      );
      const rows = [...sides, lateness, others, ...Object.values(outcomes), ...Object.values(sampleRates)];
      expect(rows.every((row) => row.length === BUCKETS)).toBe(true);
      expect(rows.every((row) => row.every((n) => Number.isNaN(n) || n >= 0))).toBe(true);
    }
  });

  test("the same seed draws the same incident, and another seed another", () => {
    const [kind] = WORLDS;
    const draw = (seed: number) => {
      const random = seededRandom(deriveSeed({}, seed));
      return kind && drawWorld(kind.plan(random), { perHour: 1, residue: 1 }, random);
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test("a deploy falls on any day and any hour", () => {
    const starts = drawMany("one by one", {}, 200).map(({ start }) => new Date(start));
    expect(new Set(starts.map((start) => start.getUTCDay())).size).toBe(7);
    expect(new Set(starts.map((start) => start.getUTCHours())).size).toBe(24);
  });
});
