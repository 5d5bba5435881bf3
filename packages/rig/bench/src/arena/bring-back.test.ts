import { describe, expect, test } from "vitest";
import { findWorld } from "../verdicts/play/play-world.ts";
import { hours } from "../verdicts/worlds/plan.ts";
import { allReleases, errorsIn, expectNear, total } from "../verdicts/worlds/testing/measure.ts";
import { bringBack, drawTwins } from "./bring-back.ts";

const twins = (name: string) => drawTwins(findWorld(name), 50, 1);

describe("an incident that comes back", () => {
  test("has nothing left until it does, and the whole rate from then on", () => {
    const world = bringBack(twins("daily cycle"), 48);
    expect(total(errorsIn(world, 0, 48))).toBe(0);
    expectNear(total(errorsIn(world, 48, 240)) / 192, 50, 0.05);
  });

  test("is the one that was fixed, before that", () => {
    const { gone, whole } = twins("counted with a noise of 50 % by hour");
    const world = bringBack({ gone, whole }, 48);
    const until = gone.deploy + hours(48);
    const early = (counts: readonly number[] = []) => counts.slice(0, until);
    expect(early(allReleases(world.events))).toEqual(early(allReleases(gone.events)));
    expect(early(world.traffic.operation?.new)).toEqual(early(gone.traffic.operation?.new));
  });

  test.each(["daily cycle, weekends at 40 %, weeks that differ by 30 %", "recurrent flare"])(
    "was the same before the deploy if nothing of it is fixed: %s",
    (name) => {
      const { gone, whole } = twins(name);
      const before = (counts: readonly number[]) => counts.slice(0, gone.deploy);
      expect(before(whole.events.old)).toEqual(before(gone.events.old));
      expect(whole.start).toBe(gone.start);
    },
  );
});
