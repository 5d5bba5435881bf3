import { describe, expect, test } from "vitest";
import { FLEET } from "./fleet.ts";
import { hours } from "./plan.ts";
import { drawMany, drawOne, expectNear, ratePerHourIn, total } from "./testing/measure.ts";

describe("part of production without the fix", () => {
  test.each(FLEET.map(({ name, leftInProduction }) => ({ name, leftInProduction })))(
    "$name: the errors that production keeps are those that the world says",
    ({ name, leftInProduction }) => {
      const worlds = drawMany(name, { residue: 0.25, perHour: 50 });
      const kept = ratePerHourIn(worlds, 1, 240) / ratePerHourIn(worlds, -168, 0);
      expectNear(kept, leftInProduction?.(0.25) ?? Number.NaN, 0.03);
    },
  );

  test("a canary has a tenth of the traffic from the deploy on", () => {
    const world = drawOne("canary of 10 %");
    const share = (bucket: number) => (world.traffic.project?.new[bucket] ?? 0) / 10;
    expect([0, 1, 2_000].map((since) => share(world.deploy + since))).toEqual([
      expect.closeTo(0.1),
      expect.closeTo(0.1),
      expect.closeTo(0.1),
    ]);
    expect(share(world.deploy - 1)).toBe(0);
  });

  test("a worker with all of the errors leaves the project's traffic to the new release", () => {
    const world = drawOne("a worker that never restarts has 100 % of the errors");
    expect(total(world.events.new)).toBe(0);
    const { old, new: fixed } = world.traffic.project ?? { old: [], new: [] };
    expect(fixed.at(-1)).toBeGreaterThan(7 * (old.at(-1) ?? 0));
  });

  test("a rollback is done after half an hour", () => {
    const world = drawOne("rolled back after 30 min, which only traffic tells");
    const since = world.traffic.project?.new.slice(world.deploy) ?? [];
    expect(since.findLastIndex((x) => x > 0)).toBe(hours(0.5) - 1);
  });
});
