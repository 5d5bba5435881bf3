import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { afterEach, beforeEach, expect, test } from "vitest";
import { live } from "../../worlds/providers.ts";
import { readPhase } from "../../worlds/scenario.ts";
import { listSteps, openReadmeStage, type ReadmeStage } from "./support/open-readme-stage.ts";

let stage: ReadmeStage;

/** People check out: so many in the half-hour before now, and so many a week earlier. */
function checkOut(count: number, before: number): void {
  const now = stage.test.clock.now();
  const spread = (people: number, until: number) =>
    Array.from({ length: people }, (_, person) => ({
      event: "checkout",
      distinctId: `${until}-${person}`,
      at: until - (30 * MINUTE * (person + 1)) / people,
    }));
  stage.posthog.recordEvents([...spread(count, now), ...spread(before, now - WEEK)]);
}

/** Half an hour passes, and the schedule fires. @returns what the run asked GitHub to change */
async function tick(checkouts: number): Promise<string[]> {
  stage.test.clock.advance(30 * MINUTE);
  checkOut(checkouts, 40);
  const { requests } = stage.test.simulator;
  const asked = requests.length;
  const [run] = await stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
  expect(listSteps(run)).toContain("impact success");
  return requests
    .slice(asked)
    .filter(({ method, operation }) => method !== "GET" && !operation.startsWith("query"))
    .map(({ operation }) => operation);
}

/** An incident whose repair never began: it waits for you. As many people check out as a week before. */
beforeEach(async () => {
  stage = await openReadmeStage();
  const now = stage.test.clock.now();
  checkOut(160, 40);
  live(stage.sentry, { from: now - HOUR, until: now, release: "shop@1", crashEvery: 5 });
  await stage.runner.idle();
  for (let time = 0; time < 4; time += 1) await tick(40);
  expect(readPhase(stage.test, 1)).toBe("needs-human");
});

afterEach(async () => {
  await stage.close();
  assertNoViolations(stage.test.simulator);
});

test("three ticks in which nothing new is known write nothing", async () => {
  const asked = stage.posthog.requests.length;
  expect([await tick(40), await tick(41), await tick(39)]).toEqual([[], [], []]);
  expect(stage.posthog.requests.length - asked).toBe(3);
});

test("ticks in which nobody checks out any more write that", async () => {
  const writes = [await tick(0), await tick(0), await tick(0), await tick(0)];
  expect(writes.flat()).not.toEqual([]);
});
