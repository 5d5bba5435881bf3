import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import { recoveryRecord } from "@patchpilot/incident/testing";
import { recordBody } from "@patchpilot/ledger";
import { type Listening, listen, listenAs } from "@patchpilot/simulators";
import { assertNoViolations, GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { afterEach, expect, test } from "vitest";
import { findMergeCommit, type LiveApp, openLiveApp } from "../../worlds/live-app.ts";
import { SENTRY_INPUTS, VERCEL_INPUTS } from "../../worlds/providers.ts";
import { mergePullRequest, publishFix, readComments, takeOrder } from "../../worlds/scenario.ts";
import { REPOSITORY_ID, SHOP, STATE_KEY } from "../../worlds/world.ts";
import { runBundle } from "./support/run-bundle.ts";

let app: LiveApp;
let doors: Record<"sentry" | "vercel", Listening>;
afterEach(async () => {
  await doors.sentry.close();
  await doors.vercel.close();
  assertNoViolations(app.test.simulator);
  expect(app.sentry.violations).toEqual([]);
});

async function runOn(contract: typeof intakeContract | typeof verifyContract, issue: number): Promise<void> {
  const step = await runBundle(app.test, contract, {
    inputs: {
      ...SENTRY_INPUTS,
      "sentry-url": doors.sentry.url,
      "state-key": STATE_KEY,
      ...(contract.name === "intake" ? {} : { ...VERCEL_INPUTS, "vercel-url": doors.vercel.url }),
      issues: String(issue),
    },
  });
  expect(step.outcome).toBe("success");
}

/** The newest issue that Sentry opened. */
const newestIssue = (): number =>
  Math.max(
    ...app.test.world
      .repository(SHOP)
      .issues.list()
      .filter(({ pull }) => !pull)
      .map(({ number }) => number),
  );

/** The crash happens as another issue of Sentry's: the same frames, grouped by another hand. */
function crashAgain(place: string, group: string): number {
  const frames = [{ filename: "src/checkout.ts", function: place, lineno: 7, in_app: true }];
  const mechanism = { type: "generic", handled: false };
  const values = [{ type: "TypeError", value: "cannot read total", mechanism, stacktrace: { frames } }];
  const event = { fingerprint: [group], exception: { values } };
  app.sentry.recordEvent({
    event,
    instants: [app.test.clock.now()],
    release: "next",
    environment: "production",
  });
  app.pass(1);
  return newestIssue();
}

/** An incident that was repaired once and closed by the bundle. @returns its number, and that of the fix */
async function openClosed(): Promise<{ issue: number; pull: number }> {
  const { door } = await listenAs((sentryUrl) => {
    app = openLiveApp({ days: 3, teller: "vercel", alerts: true, sentryUrl });
    return app.sentry;
  });
  doors = { sentry: door, vercel: await listen(app.vercel) };
  const issue = newestIssue();
  await runOn(intakeContract, issue);
  await app.tick();
  await publishFix(app);
  app.pass(5);
  const pull = mergePullRequest(app);
  await app.tick();
  app.deploy(findMergeCommit(app, pull));
  app.goOn(8);
  await runOn(verifyContract, issue);
  expect(app.test.world.repository(SHOP).issues.get(issue)?.state).toBe("closed");
  return { issue, pull };
}

const TAUGHT = "What it was last time";

test("a repeated crash shows people and its worker what closed the first one", async () => {
  const { issue, pull } = await openClosed();
  expect(readComments(app.test, issue)).toContain("#### What it teaches");
  const repeated = crashAgain("checkout", "again");
  await runOn(intakeContract, repeated);
  const comment = readComments(app.test, repeated);
  for (const part of [
    `#### ${TAUGHT}`,
    `pull request: ${pull}`,
    "files: src/checkout.ts",
    "  -export const total = 1;",
    "  +export const total = 2;",
    "verdict: ",
  ])
    expect(comment).toContain(part);
  await runBundle(app.test, dispatchContract, {
    inputs: { "state-key": STATE_KEY, issues: String(repeated) },
    permissions: { issues: "write", contents: "write", pull_requests: "read", actions: "read" },
  });
  expect(takeOrder(app).lessons).toMatchObject([
    { issue, lesson: { outcome: "recovered", pullRequest: pull, files: ["src/checkout.ts"] } },
  ]);
});

test("a crash with another signature is shown no lesson", async () => {
  await openClosed();
  const other = crashAgain("refund", "other");
  await runOn(intakeContract, other);
  const comment = readComments(app.test, other);
  expect(comment).toContain("### Incident accepted");
  expect(comment).not.toContain(TAUGHT);
});

test.each([
  ["the key did not sign is ignored", "another key", false],
  ["the key signed is shown", STATE_KEY, true],
])("a lesson that %s", async (_, key, isShown) => {
  const { issue } = await openClosed();
  const lesson = {
    signature: "TypeError at src/checkout.ts:checkout",
    outcome: "run evil.example",
    files: ["evil.ts"],
    confidence: 1,
  };
  const data = recoveryRecord({ phase: "recovered", episode: 2, decision: "close", lesson });
  const ledger = { belief: { signer: { repositoryId: REPOSITORY_ID, keys: [key] }, trusted: [] } };
  const write = { kind: "recovery/2" as const, text: "### Recovered", data };
  app.test.world.as(GITHUB_ACTIONS_BOT.login).comment(issue, recordBody(ledger, issue, write, 9));
  const repeated = crashAgain("checkout", "again");
  await runOn(intakeContract, repeated);
  const comment = readComments(app.test, repeated);
  expect(comment).toContain(TAUGHT);
  expect(comment.includes("files: evil.ts")).toBe(isShown);
});
