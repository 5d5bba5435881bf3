import { createHash } from "node:crypto";
import { planSection, type RepairResult } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { recordBody } from "@patchpilot/ledger";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { claim, propose } from "../../worlds/run-actions.ts";
import {
  openScenario,
  type RepairScenario,
  readComments,
  readPhase,
  takeOrder,
} from "../../worlds/scenario.ts";
import { addIncident, REPOSITORY_ID, SHOP, STATE_KEY, type TestWorld } from "../../worlds/world.ts";

const PLAN = "1. Guard the empty cart\n2. Test it";
const INPUTS = { inputs: { approval: "label" } };

/** Posts the plan of an attempt as propose does. @returns the comment's id */
function postPlan({ world }: TestWorld, issue: number, attempt: number, plan = PLAN): number {
  const key = `pp-${REPOSITORY_ID}-${issue}-a${attempt}`;
  const data = { attempt, key, sha256: createHash("sha256").update(plan).digest("hex") };
  const ledger = { belief: { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] } };
  const text = `### Plan\n\n${planSection(plan)}\n\nApprove it.`;
  const body = recordBody(ledger, issue, { kind: `plan/${attempt}`, text, data }, 1);
  return world.as(GITHUB_ACTIONS_BOT.login).comment(issue, body).id;
}

type Planned = RepairScenario & { readonly issue: number; readonly comment: number };

/** Attempt 1 has planned; its outcome is written. */
async function planned(plan?: string): Promise<Planned> {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick(INPUTS);
  const worker = await scenario.startWorker();
  const comment = postPlan(scenario.test, issue, 1, plan);
  worker.end("success");
  scenario.pass(1);
  await scenario.tick(INPUTS);
  return { ...scenario, issue, comment };
}

const approve = ({ test, issue }: { test: TestWorld; issue: number }, login = "maya") =>
  void test.world.as(login).label(issue, "patchpilot:go-ahead");

function rewritePlan({ test, comment }: Planned, login: string, rewrite: (body: string) => string): void {
  const body = test.world.repository(SHOP).comments.get(comment)?.body ?? "";
  test.world.as(login).editComment(comment, rewrite(body));
}

test("the first attempt only plans, and says why", async () => {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick(INPUTS);
  expect(takeOrder(scenario)).toMatchObject({
    autonomy: "plan",
    autonomyReasons: ["`approval: label` asks for a plan first"],
  });
  expect(readComments(scenario.test, issue)).toContain("plan only");
});

test("a plan on the issue ends its attempt as planned and waits for a person", async () => {
  const { test: world, issue, tick } = await planned();
  expect(readPhase(world, issue)).toBe("needs-human");
  expect(readComments(world, issue)).toContain("Approve the plan with the label patchpilot:go-ahead");
  const { outputs } = await tick({ inputs: { ...INPUTS.inputs, issues: String(issue) } });
  expect(outputs.skipped).toMatchObject([{ reason: "needs-human" }]);
});

test("the label opens the next attempt, with exactly the plan", async () => {
  const scenario = await planned();
  approve(scenario);
  const { outputs } = await scenario.tick(INPUTS);
  expect(outputs.dispatched).toMatchObject([{ issue: scenario.issue, attempt: 2 }]);
  expect(takeOrder(scenario)).toMatchObject({
    autonomy: "draft-pr",
    plan: { text: PLAN, sha256: createHash("sha256").update(PLAN).digest("hex") },
  });
  expect(readPhase(scenario.test, scenario.issue)).toBe("working");
});

test("a plan that propose posts is the one that dispatch hands on", async () => {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick(INPUTS);
  const run = scenario.queueWorker();
  const { outputs: claimed } = await claim(scenario.test, run);
  const posted = await propose(scenario.test, {
    ...run,
    claimed,
    result: resultOf(claimed.key, claimed["base-sha"]),
    inputs: { "state-key": STATE_KEY },
    permissions: { contents: "write", pull_requests: "write", issues: "write" },
  });
  expect(posted.outputs.verdict).toBe("planned");
  scenario.pass(1);
  await scenario.tick(INPUTS);
  approve({ test: scenario.test, issue });
  await scenario.tick(INPUTS);
  expect(takeOrder(scenario)).toMatchObject({ attempt: 2, autonomy: "draft-pr", plan: { text: PLAN } });
});

/** What `repair` leaves of a plan. */
const resultOf = (key: string, baseSha: string): RepairResult =>
  makeRepairResult({
    result: "plan",
    reason: "The plan waits for approval.",
    baseSha,
    key,
    plan: { text: PLAN, sha256: createHash("sha256").update(PLAN).digest("hex") },
  });

test("one label opens one attempt; a retry of it carries the plan again", async () => {
  const scenario = await planned();
  approve(scenario);
  await scenario.tick(INPUTS);
  (await scenario.startWorker()).end("failure");
  const { outputs } = await scenario.tick(INPUTS);
  expect(outputs.dispatched).toMatchObject([{ attempt: 3 }]);
  expect(takeOrder(scenario)).toMatchObject({ autonomy: "draft-pr", plan: { text: PLAN } });
});

test("approval opens an attempt also where all are spent", async () => {
  const scenario = await planned();
  approve(scenario);
  const { outputs } = await scenario.tick({ inputs: { ...INPUTS.inputs, "max-attempts": "1" } });
  expect(outputs.dispatched).toMatchObject([{ attempt: 2 }]);
});

test.each<[string, (scenario: Planned) => void, RegExp]>([
  [
    "that a person edited",
    (scenario) => {
      rewritePlan(scenario, "maya", (body) => body.replace("Guard", "Remove"));
      approve(scenario);
    },
    /the plan of attempt 1 was edited, or is gone/,
  ],
  [
    "whose text is not that of its hash",
    (scenario) => {
      rewritePlan(scenario, GITHUB_ACTIONS_BOT.login, (body) => body.replace("Guard", "Remove"));
      approve(scenario);
    },
    /the plan of attempt 1 was edited, or is gone/,
  ],
  [
    "that was written again after the label",
    (scenario) => {
      approve(scenario);
      scenario.pass(1);
      rewritePlan(scenario, GITHUB_ACTIONS_BOT.login, (body) => `Anew.\n\n${body}`);
    },
    /is older than the plan of attempt 1/,
  ],
  [
    "that was written again in the second of the label",
    (scenario) => {
      approve(scenario);
      rewritePlan(scenario, GITHUB_ACTIONS_BOT.login, (body) => `Anew.\n\n${body}`);
    },
    /is older than the plan of attempt 1/,
  ],
  [
    "by somebody who may not write",
    (scenario) => {
      scenario.test.world.setRole("eve", "triage");
      approve(scenario, "eve");
    },
    /set by someone who cannot write/,
  ],
])("approval of a plan %s is refused by name", async (_, act, reason) => {
  const scenario = await planned();
  act(scenario);
  const { outputs } = await scenario.tick(INPUTS);
  expect(outputs.dispatched).toEqual([]);
  expect(outputs.skipped).toMatchObject([{ reason: "plan-refused", detail: expect.stringMatching(reason) }]);
  expect(readComments(scenario.test, scenario.issue)).toMatch(new RegExp(reason.source, "i"));
});

test("a plan that is too long to travel whole is refused by name", async () => {
  const scenario = await planned("step\n".repeat(4000).trimEnd());
  approve(scenario);
  const { outputs } = await scenario.tick(INPUTS);
  expect(outputs.skipped).toMatchObject([
    { reason: "plan-refused", detail: expect.stringMatching(/longer than/) },
  ]);
});

test("nothing is carried out where `autonomy` ends at the plan", async () => {
  const scenario = await planned();
  approve(scenario);
  const { outputs } = await scenario.tick({ inputs: { autonomy: "plan" } });
  expect(outputs.skipped).toMatchObject([{ reason: "plan-refused" }]);
});

test.each([
  ["confidence of 0.6", { confidence: 0.6 }, "plan"],
  ["a text alone, at 0.6", { confidence: 0.6, basis: "text" as const }, "plan"],
  ["a confidence of 0.75", { confidence: 0.75 }, "draft-pr"],
])("%s leads to the depth that it allows", async (_, data, autonomy) => {
  const scenario = openScenario();
  addIncident(scenario.test, data);
  await scenario.tick({ inputs: { "min-confidence": "0.3" } });
  expect(takeOrder(scenario).autonomy).toBe(autonomy);
});

test("a guess from an issue's text alone is left to people, until one vouches for it", async () => {
  const { test: world, tick } = openScenario();
  const issue = addIncident(world, { confidence: 0.4, basis: "text" });
  const { outputs } = await tick({ inputs: { "min-confidence": "0.3" } });
  expect(outputs.skipped).toMatchObject([{ reason: "observe" }]);
  expect(readComments(world, issue)).toContain("`patchpilot:take-on`");
  world.world.as("maya").label(issue, "patchpilot:take-on");
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue }]);
});

test.each(["reject", "amend"])(
  "a plan that somebody comments on with `%s` is planned again with these words",
  async (name) => {
    const scenario = await planned();
    scenario.pass(1);
    scenario.test.world.as("maya").comment(scenario.issue, `/patchpilot ${name} Leave the cart alone.`);
    expect((await scenario.tick(INPUTS)).outputs.dispatched).toMatchObject([{ attempt: 2 }]);
    const order = takeOrder(scenario);
    expect(order).toMatchObject({
      autonomy: "plan",
      replies: [{ attempt: 1, to: name, author: "maya", text: "Leave the cart alone." }],
    });
    expect(order.plan).toBeUndefined();
  },
);

test("a stranger rejects no plan, and the issue says so", async () => {
  const scenario = await planned();
  scenario.test.world.setRole("mallory", "read");
  scenario.pass(1);
  scenario.test.world.as("mallory").comment(scenario.issue, "/patchpilot reject");
  expect((await scenario.tick(INPUTS)).outputs.dispatched).toEqual([]);
  expect(readComments(scenario.test, scenario.issue)).toContain(
    "`/patchpilot reject` of mallory does not count",
  );
});

test("`/patchpilot approve` approves as the label does", async () => {
  const scenario = await planned();
  scenario.pass(1);
  scenario.test.world.as("maya").comment(scenario.issue, "/patchpilot approve");
  await scenario.tick(INPUTS);
  expect(takeOrder(scenario).plan?.text).toBe(PLAN);
});
