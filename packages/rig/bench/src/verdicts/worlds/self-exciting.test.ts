import { describe, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { BUCKETS_AFTER, BUCKETS_BEFORE } from "./plan.ts";
import { spawnSelfExciting } from "./spawn.ts";
import { drawMany, expectNear, mean, ratePerHourIn, total } from "./testing/measure.ts";
import { wanderLogNormal } from "./wander.ts";

describe("errors that bring errors", () => {
  test.each([
    [0.8, 20],
    [0.9, 60],
  ])("branching %s over %s min: families of the size and age that follow from it", (branching, minutes) => {
    const families = 20_000;
    const expected = [families / (1 - branching), ...new Array(20_000).fill(0)];
    const counts = spawnSelfExciting(branching, minutes / 60)(expected, seededRandom(3));
    expectNear(total(counts), families / (1 - branching), 0.06);
    const age = total(counts.map((n, bucket) => n * bucket * 5)) / total(counts);
    expectNear(age, (minutes * branching) / (1 - branching), 0.15);
  });

  test.each(["0.8 over 20", "0.9 over 60"])("branching %s min keeps the rate in the mean", (law) => {
    const worlds = drawMany(`self-exciting, branching ${law} min`, {}, 200);
    expectNear(ratePerHourIn(worlds, -144, 0), 5, 0.08);
  });
});

describe("a rate that wanders", () => {
  test.each([6, 24])("has mean 1, a deviation of .8 and a memory of %s h", (memory) => {
    const random = seededRandom(4);
    const runs = Array.from({ length: 150 }, () => {
      const curve = wanderLogNormal(0.8, memory, random);
      return Array.from({ length: BUCKETS_BEFORE + BUCKETS_AFTER }, (_, i) => curve(i - BUCKETS_BEFORE, 0));
    });
    const logs = runs.map((run) => run.map((x) => Math.log(x) + 0.32));
    expectNear(mean(runs.map(mean)), 1, 0.08);
    expectNear(mean(logs.map((run) => mean(run.map((x) => x ** 2)))), 0.64, 0.08);
    const shared = logs.map((run) => mean(run.slice(memory * 12).map((x, i) => x * (run[i] ?? 0))));
    expectNear(mean(shared) / 0.64, Math.exp(-1), 0.2);
  });

  test("keeps the rate in the mean", () => {
    const worlds = drawMany("log-normal rate with a memory of 6 h", {}, 200);
    expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.06);
  });
});
