import { assertNoViolations } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { openScenario, type RepairScenario, readComments, readPhase } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";

/** An incident whose first attempt has failed; its outcome is not written down yet. */
async function failOnce(scenario: RepairScenario): Promise<number> {
  const issue = addIncident(scenario.test);
  await scenario.tick();
  const worker = await scenario.startWorker();
  worker.end("failure");
  scenario.pass(5);
  return issue;
}

const withoutRetry = { inputs: { allow: "close,escalate" } };

test("without retry in `allow` a failed attempt is left to a person, who is told once", async () => {
  const scenario = openScenario();
  const issue = await failOnce(scenario);
  const { outputs } = await scenario.tick(withoutRetry);
  expect([outputs.dispatched, outputs.skipped]).toMatchObject([[], [{ issue, reason: "retry-not-allowed" }]]);
  expect(readPhase(scenario.test, issue)).toBe("needs-human");
  expect(readComments(scenario.test, issue)).toContain(
    "Set the label `patchpilot:retry` for one more attempt",
  );

  scenario.pass(5);
  const { versions } = scenario.test.world;
  const before = versions.current;
  await scenario.tick(withoutRetry);
  expect(versions.current).toBe(before);
  assertNoViolations(scenario.test.simulator);
});

test("`patchpilot:retry` opens one more all the same", async () => {
  const scenario = openScenario();
  const issue = await failOnce(scenario);
  await scenario.tick(withoutRetry);
  scenario.pass(5);
  scenario.test.world.as("maya").label(issue, "patchpilot:retry");
  const { outputs } = await scenario.tick(withoutRetry);
  expect(outputs.dispatched).toMatchObject([{ issue, attempt: 2 }]);
  expect(readPhase(scenario.test, issue)).toBe("working");
});

test("with retry in it the next attempt opens by itself", async () => {
  const scenario = openScenario();
  const issue = await failOnce(scenario);
  const { outputs } = await scenario.tick({ inputs: { allow: "retry" } });
  expect(outputs.dispatched).toMatchObject([{ issue, attempt: 2 }]);
});
