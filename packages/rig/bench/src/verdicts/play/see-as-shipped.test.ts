import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { drawOne, total } from "../worlds/testing/measure.ts";
import type { World } from "../worlds/world.ts";
import { seeAsShipped } from "./see-as-shipped.ts";

const lastHistory = (world: World) => {
  const { stages } = seeAsShipped(world);
  return (stages[1] ?? stages[0]).history;
};
const gatesAt = (world: World, buckets: number) => seeAsShipped(world).lookAt(buckets).gates;

describe("what verify-recovery sees of a world", () => {
  test("a roll-out that is split: errors and traffic of clients with the fix only", () => {
    const world = drawOne("roll-out with a half-life of 24 h, errors and traffic by release", { residue: 0 });
    const { since } = lastHistory(world);
    expect(total(since.events)).toBe(0);
    expect(since.exposure[0]).toBeLessThan(0.1);
    expect(since.exposure.at(-1)).toBeGreaterThan(0.8);
  });

  test("clients without the fix beside them, whose errors and traffic are the control", () => {
    const world = drawOne("roll-out with a half-life of 24 h, errors and traffic by release", { residue: 0 });
    const { control } = lastHistory(world);
    expect(control?.events).toEqual(world.events.old.slice(world.deploy));
    expect(total(control?.events ?? [])).toBeGreaterThan(100);
    expect(control?.exposure[0]).toBeGreaterThan(0.9);
    expect(control?.exposure.at(-1)).toBeLessThan(0.2);
  });

  test.each(["nothing by release", "only traffic by release"])("no control with %s", (named) => {
    const world = drawOne(`roll-out with a half-life of 24 h, ${named}`, { residue: 0 });
    expect(lastHistory(world).control).toBeUndefined();
  });

  test("a roll-out that is not: the errors and traffic of all", () => {
    const world = drawOne("roll-out with a half-life of 24 h, nothing by release", { residue: 0 });
    const { since } = lastHistory(world);
    expect(total(since.events)).toBeGreaterThan(100);
    expect(since.exposure[0]).toBeCloseTo(1, 6);
  });

  test("errors that name no release count against the traffic of all, though that is split", () => {
    const world = drawOne("roll-out with a half-life of 24 h, only traffic by release", { residue: 0 });
    const { since } = lastHistory(world);
    expect(total(since.events)).toBeGreaterThan(100);
    expect(since.exposure[0]).toBeCloseTo(1, 6);
  });

  test("late errors are seen late, and those before the deploy in time", () => {
    const world = drawOne("errors 4 h late", { perHour: 50 });
    const { baseline, since } = lastHistory(world);
    const late = 4 * BUCKETS_PER_HOUR;
    expect(total(since.events.slice(0, late))).toBe(0);
    expect(since.events.slice(late, 2 * late)).toEqual(
      world.events.new.slice(world.deploy, world.deploy + late),
    );
    expect(total(baseline.events)).toBe(total(world.events.old));
  });

  test("a young issue: the baseline begins at its first error", () => {
    const world = drawOne("known for 12 h");
    const { baseline, baselineBeginsAtFirstEvent } = lastHistory(world);
    expect([baseline.events.length, baselineBeginsAtFirstEvent]).toEqual([12 * BUCKETS_PER_HOUR, true]);
    expect(baseline.events[0]).toBeGreaterThan(0);
  });

  test("traffic that is not counted is the clock, and nothing says that it stopped", () => {
    const world = drawOne("office hours, deployed on Friday at 17:00, by the clock");
    const history = lastHistory(world);
    expect([history.clock, history.since.exposure[0]]).toEqual([true, 1]);
    expect(gatesAt(world, 500)).toMatchObject({ alive: true, sameSampling: true, sensorAlive: true });
  });

  test("traffic that stopped is not alive, and a sampling rate that wandered off is not the same", () => {
    expect(gatesAt(drawOne("traffic stops within a day"), 600).alive).toBe(false);
    const world = drawOne("one by one");
    const traffic = world.sampleRates.traffic.map((rate, i) => (i < world.deploy ? rate : rate * 2));
    const changed = { ...world, sampleRates: { ...world.sampleRates, traffic } };
    expect(gatesAt(changed, 12).sameSampling).toBe(false);
    expect(gatesAt(world, 12).sameSampling).toBe(true);
  });

  test("a sensor vouches for the counts, also where no traffic is counted, and so do the operation's requests", () => {
    const clock = drawOne("office hours, deployed on Friday at 17:00, by the clock");
    expect(seeAsShipped(clock).isVouchedFor).toBe(true);
    expect(seeAsShipped(drawOne("one by one")).isVouchedFor).toBe(true);
  });

  test("a sensor is dead while errors come late, and alive where nothing happened to it", () => {
    const alive = (name: string) => gatesAt(drawOne(name, { perHour: 50 }), 36).sensorAlive;
    expect([alive("errors 4 h late"), alive("one by one")]).toEqual([false, true]);
  });
});
