import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { drawOne, total } from "../../verdicts/worlds/testing/measure.ts";
import type { World } from "../../verdicts/worlds/world.ts";
import { enterRival } from "./enter-rival.ts";
import type { IncidentCounts } from "./rival.ts";

/** What a rival is asked to judge. */
function see(world: World): IncidentCounts {
  const seen: IncidentCounts[] = [];
  const recoveredAfter = (counts: IncidentCounts) => {
    seen.push(counts);
    return null;
  };
  enterRival({ name: "", rule: "", recoveredAfter, backAfter: () => null }).judge(world);
  const [counts] = seen;
  if (counts === undefined) throw new RangeError("It was not asked.");
  return counts;
}

describe("what a rival sees", () => {
  test("the errors of all releases", () => {
    const world = drawOne("roll-out with a half-life of 24 h, errors and traffic by release", { residue: 0 });
    expect(total(see(world).since)).toBe(total(world.events.old.slice(world.deploy)));
  });

  test("late errors when they arrive", () => {
    const world = drawOne("errors 4 h late", { perHour: 50 });
    expect(total(see(world).since.slice(0, 4 * BUCKETS_PER_HOUR))).toBe(0);
  });

  test("a young issue from its first error on", () => {
    expect(see(drawOne("known for 12 h")).before).toHaveLength(12 * BUCKETS_PER_HOUR);
  });
});

describe("when a rival speaks", () => {
  const says = (buckets: number | null) =>
    enterRival({ name: "", rule: "", recoveredAfter: () => buckets, backAfter: (_, closed) => closed + 6 });

  test("is given in hours since the deploy, and a verdict only if it has one", () => {
    const world = drawOne("one by one");
    expect(says(18).judge(world)).toEqual({ verdict: "recovered", hours: 1.5 });
    expect(says(null).judge(world)).toEqual({ verdict: "waiting", hours: 240 });
    expect(says(18).findReturn(world, 23 + 11 / 12)).toBe(24 + 5 / 12);
  });
});
