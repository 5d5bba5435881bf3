import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { contract } from "@patchpilot/action-propose/contract";
import type { RepairResult, WorkOrder } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { expect, test } from "vitest";
import { permissionsWhen } from "../../worlds/permissions-of.ts";
import { claim } from "../../worlds/run-actions.ts";
import { openScenario, readComments, readPhase } from "../../worlds/scenario.ts";
import { addIncident, STATE_KEY } from "../../worlds/world.ts";
import { runBundle } from "./support/run-bundle.ts";

const INPUTS = { inputs: { approval: "label" } };
const PLAN = "1. Guard the empty cart, see `src/checkout.ts`\n2. Test it; @octocat knows, fixes #1";

const resultOf = (key: string): RepairResult =>
  makeRepairResult({
    result: "plan",
    reason: "A plan was asked for.",
    baseSha: "0".repeat(40),
    key,
    plan: { text: PLAN, sha256: "0".repeat(64) },
    turns: 3,
    costUsd: 0.12,
    seconds: 40,
  });

/** Attempt 1 was to plan, and the bundle of propose has its result. */
async function plan() {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick(INPUTS);
  const { event } = scenario.queueWorker();
  // The embedded runner counts its runs from 1, so that run has passed the gate.
  const { outputs } = await claim(scenario.test, { runId: 1, event });
  const file = join(makeScratchFolder(), "result.json");
  await writeFile(file, JSON.stringify(resultOf(outputs.key)));
  const post = () =>
    runBundle(scenario.test, contract, {
      event,
      permissions: permissionsWhen(contract, "`key` is given"),
      inputs: {
        "result-file": file,
        "state-key": STATE_KEY,
        key: outputs.key,
        branch: outputs.branch,
        "base-sha": outputs["base-sha"],
      },
    });
  return { ...scenario, issue, post };
}

test("a plan that the bundle posts waits for a person, and its approval hands exactly its text to the next attempt", async () => {
  const { test: world, issue, post, tick, queueWorker, pass } = await plan();
  const step = await post();
  expect(step.outputs).toMatchObject({ verdict: "planned", pr: "" });
  await tick(INPUTS);
  expect(readPhase(world, issue)).toBe("needs-human");
  pass(1);
  world.world.as("maya").label(issue, "patchpilot:go-ahead");
  await tick(INPUTS);
  const { patchpilot } = queueWorker().event["client_payload"] as { patchpilot: WorkOrder };
  expect(patchpilot).toMatchObject({ attempt: 2, autonomy: "draft-pr" });
  expect(patchpilot.plan?.text).toContain("1. Guard the empty cart, see `src/checkout.ts`");
  expect(readComments(world, issue)).toContain(patchpilot.plan?.sha256);
});

test("a plan is posted once, whoever runs the job again", async () => {
  const { test: world, post } = await plan();
  await post();
  const version = world.world.versions.current;
  expect((await post()).outputs).toMatchObject({ verdict: "planned" });
  expect(world.world.versions.current).toBe(version);
});
