import type { PreviousAttempt } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { claim } from "../../worlds/run-actions.ts";
import {
  findOpenPull,
  openScenario,
  publishFix,
  REPAIR_WORKFLOW,
  type RepairScenario,
  takeOrder,
} from "../../worlds/scenario.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";

const PATCH =
  "diff --git a/src/checkout.ts b/src/checkout.ts\n-export const total = 1;\n+export const total = 2;\n";
const RESULT = JSON.stringify({
  v: 1,
  result: "failed",
  failure: { command: "npm test", output: "AssertionError" },
});
type Content = Parameters<ReturnType<RepairScenario["test"]["world"]["runner"]>["addArtifact"]>[0]["content"];

/** An attempt fails and leaves an artifact; the next one is dispatched. */
async function retry(
  options: {
    readonly content?: Content;
    readonly expired?: boolean;
    readonly before?: (scenario: RepairScenario) => void;
  } = {},
): Promise<{
  readonly lesson: PreviousAttempt | undefined;
  readonly scenario: RepairScenario;
  readonly requests: string[];
}> {
  const scenario = openScenario();
  const { test } = scenario;
  addIncident(test);
  await scenario.tick();
  (await scenario.startWorker()).end("failure");
  const runId = test.world.repository(SHOP).runs.list().at(-1)?.id ?? 0;
  const { content = { "change.patch": PATCH, "result.json": RESULT }, expired = false } = options;
  test.world.runner(SHOP).addArtifact({ runId, name: "patch", content, expired });
  options.before?.(scenario);
  const seen = test.simulator.requests.length;
  const { outputs } = await scenario.tick();
  expect(outputs.dispatched).toMatchObject([{ attempt: 2 }]);
  const requests = test.simulator.requests.slice(seen).map(({ operation }) => operation);
  return { lesson: takeOrder(scenario).previousAttempts[0], scenario, requests };
}

test("a retry is told the diff, its hash and the failure of the attempt before", async () => {
  const { lesson, scenario } = await retry();
  expect(lesson).toMatchObject({
    attempt: 1,
    outcome: "failed",
    reason: "its run ended: failure",
    patchSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    diff: PATCH,
    failure: "$ npm test\nAssertionError",
  });
  expect(scenario.test.simulator.violations).toEqual([]);
});

test("a retry is told what went red in the job that verified the patch", async () => {
  const red = JSON.stringify({
    reason: "Tests are red.",
    failure: { command: "npm test", output: "in verify" },
  });
  const { lesson } = await retry({
    before: ({ test }) => {
      const { id: runId = 0 } = test.world.repository(SHOP).runs.list().at(-1) ?? {};
      test.world.runner(SHOP).addArtifact({ runId, name: "verification", content: { "result.json": red } });
    },
  });
  expect(lesson).toMatchObject({ diff: PATCH, failure: "Tests are red.\n$ npm test\nin verify" });
});

test("it takes three requests, and no signed address gets the token", async () => {
  const { requests } = await retry();
  expect(requests.filter((name) => /artifact/.test(name))).toEqual([
    "actions/list-workflow-run-artifacts",
    "actions/download-artifact",
    "artifact storage",
  ]);
});

test("a first attempt reads nothing of the kind", async () => {
  const scenario = openScenario();
  addIncident(scenario.test);
  await scenario.tick();
  const asked = scenario.test.simulator.requests.map(({ operation }) => operation);
  expect(asked.filter((name) => /artifact|list-workflow-run-artifacts/.test(name))).toEqual([]);
  expect(takeOrder(scenario).previousAttempts).toEqual([]);
});

test.each<[string, Parameters<typeof retry>[0], RegExp]>([
  [
    "is no zip",
    { content: new TextEncoder().encode("<html>") },
    /what it left could not be read: it cannot be read as a zip/,
  ],
  ["is kept no longer", { expired: true }, /its artifact is no longer kept/],
  [
    "holds a huge patch",
    { content: { "change.patch": new Uint8Array(3_000_000) } },
    /change\.patch is too large/,
  ],
  ["holds nothing that is known", { content: { "other.txt": "x" } }, /it left no patch/],
  [
    "cannot be listed",
    {
      before: ({ test }) => {
        test.simulator.faults = ({ path }) =>
          /\/artifacts\b/.test(path) ? { kind: "reply", status: 503, body: "{}" } : undefined;
      },
    },
    /what it left could not be read: GitHub answered 503/,
  ],
  [
    "cannot be fetched",
    {
      before: ({ test }) => {
        test.simulator.faults = ({ path }) =>
          path.startsWith("/artifact-storage") ? { kind: "drop-before" } : undefined;
      },
    },
    /what it left could not be read/,
  ],
])("an artifact that %s stops no dispatch, and is said", async (_, options, reason) => {
  const { lesson } = await retry(options);
  expect(lesson?.missing?.join("; ")).toMatch(reason);
  expect(lesson?.diff).toBeUndefined();
});

test("a retry after a declined pull request is told how its checks fared", async () => {
  const scenario = openScenario();
  const { test } = scenario;
  const issue = addIncident(test);
  await scenario.tick();
  await publishFix(scenario);
  const maya = test.world.as("maya");
  const { pull, number } = findOpenPull(test);
  const runner = test.world.runner(SHOP);
  const ci = runner.startRun({
    workflowPath: ".github/workflows/ci.yml",
    event: "pull_request",
    actor: { login: "maya", id: 1, type: "User" },
    headOid: pull?.headOid ?? "",
  });
  runner.updateRun(ci.id, { status: "completed", conclusion: "failure" });
  maya.closePull(number);
  await scenario.tick();
  maya.label(issue, "patchpilot:retry");
  await scenario.tick();
  expect(takeOrder(scenario).previousAttempts).toMatchObject([
    {
      outcome: "declined",
      pullRequest: number,
      ci: [{ name: ".github/workflows/ci.yml", conclusion: "failure" }],
      missing: ["its run left no artifact"],
    },
  ]);
});

test("many retries at once spend no more than 60 requests on what was left, and all go out", async () => {
  const scenario = openScenario();
  const { test } = scenario;
  const orders = new Map<number, unknown>();
  test.world.onEvent(({ event, payload }) => {
    if (event !== "repository_dispatch") return;
    const { patchpilot } = payload["client_payload"] as { patchpilot: { issue: number } };
    orders.set(patchpilot.issue, patchpilot);
  });
  const many = { inputs: { "max-open-prs": "1000", "max-dispatches-per-hour": "1000" } };
  for (let index = 0; index < 40; index += 1) addIncident(test);
  await scenario.tick(many);
  const runner = test.world.runner(SHOP);
  test.clock.advance(60_000);
  for (const issue of test.world.repository(SHOP).issues.list()) {
    const actor = test.world.identity("github-actions[bot]");
    if (actor === undefined) throw new Error("The simulated GitHub has no github-actions[bot].");
    const { id } = runner.startRun({
      workflowPath: REPAIR_WORKFLOW,
      displayTitle: `patchpilot pp-4242-${issue.number}-a1`,
      event: "repository_dispatch",
      actor,
    });
    runner.addArtifact({ runId: id, name: "patch", content: { "change.patch": PATCH } });
    await claim(test, { runId: id, event: { client_payload: { patchpilot: orders.get(issue.number) } } });
    runner.updateRun(id, { status: "completed", conclusion: "failure" });
  }
  const seen = test.simulator.requests.length;
  const { outputs } = await scenario.tick(many);
  expect(outputs.dispatched).toHaveLength(40);
  const asked = test.simulator.requests.slice(seen).filter(({ operation }) => /artifact/.test(operation));
  expect(asked.filter(({ operation }) => operation !== "artifact storage").length).toBeLessThanOrEqual(60);
});
