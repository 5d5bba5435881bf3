import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, expect, test } from "vitest";
import { readExample } from "./support/open-example-stage.ts";
import { listJobs, listSteps, openReadmeStage, type ReadmeStage } from "./support/open-readme-stage.ts";

const TICK = ".github/workflows/patchpilot-tick.yml";
const SWEEP = "7 5,17 * * *";
const HALF_HOURLY = "17,47 * * * *";

let stage: ReadmeStage;
afterEach(async () => {
  await stage.close();
  assertNoViolations(stage.test.simulator);
});

/** The two files in place of the README's one. */
const open = () =>
  openReadmeStage({
    alert: false,
    workflow: () => readExample("while-open/patchpilot.yml"),
    more: { [TICK]: readExample("while-open/patchpilot-tick.yml") },
  });

const atClock = (schedule: string) =>
  stage.awaitRuns(() => stage.runner.start({ event: "schedule", schedule, actor: "maya" }));

/** Someone asks for work on an issue. */
async function takeOn() {
  const maya = stage.test.world.as("maya");
  const { number } = maya.openIssue({ title: "The cart is empty", body: "Since noon." });
  const [run] = await stage.awaitRuns(() => maya.label(number, "patchpilot:take-on"));
  return run;
}

test("a sweep that finds nothing open switches the ticks off; an incident switches them on again", async () => {
  stage = await open();
  expect(await atClock(HALF_HOURLY)).toHaveLength(1);

  const [sweep] = await atClock(SWEEP);
  expect(listJobs(sweep)).toEqual(["incident skipped", "sweep success", "switch success"]);
  expect(stage.runner.schedules.map(({ cron }) => cron)).toEqual([SWEEP]);
  expect(await atClock(HALF_HOURLY)).toEqual([]);
  const [idle] = await atClock(SWEEP);
  expect(listJobs(idle)).toEqual(["incident skipped", "sweep success", "switch skipped"]);

  const asked = await takeOn();
  expect(listJobs(asked)).toEqual(["incident success", "sweep skipped", "switch success"]);
  const [tick] = await atClock(HALF_HOURLY);
  expect(listSteps(tick)).toContain("dispatch success");
});

test("ticks that someone disabled stay off when an incident opens, and the run says so", async () => {
  stage = await open();
  stage.test.world.runner("acme/shop").setWorkflowState(TICK, "disabled_manually");
  const asked = await takeOn();
  expect(listJobs(asked)).toEqual(["incident success", "sweep skipped", "switch skipped"]);
  expect(await atClock(HALF_HOURLY)).toEqual([]);
});
