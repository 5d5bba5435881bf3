import { type RepairResult, type WorkOrder, workOrder } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { makeFinding } from "@patchpilot/patch-policy";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "../attempt/words.ts";
import { patchBranch } from "../lone/decide.ts";
import { type PatchFacts, patchBody, patchMessage, patchTitle } from "../lone/words.ts";
import type { MergedPullRequest } from "./merge-messages.ts";
import { makeOrder } from "./work-order.ts";

/** Where the text of outsiders comes from: production, the agent, and the patch's own file names. */
export const CARRIERS = [
  "title",
  "environment",
  "release",
  "shortId",
  "sentryUrl",
  "impact",
  "evidence",
  "earlier",
  "review",
  "reviewer",
  "path",
  "summary",
  "plan",
  "agent",
  "recipe",
  "command",
  "failure",
  "testName",
  "leftOut",
] as const;

type Outside = { readonly [carrier in (typeof CARRIERS)[number]]?: string };

const SHA = "c".repeat(64);

/** As `findOrder` reads it from the event. */
const orderOf = (outside: Outside): WorkOrder => {
  const { earlier: text, environment, release, shortId, sentryUrl } = outside;
  const order = makeOrder(
    {
      attempt: 2,
      review: { author: outside.reviewer ?? "maya", text: outside.review ?? "" },
      evidence: outside.evidence ?? "",
      suspectFiles: [outside.path ?? "src/a.js"],
      impact: outside.impact,
      previousAttempts: [
        {
          attempt: 1,
          outcome: "failed",
          reason: text,
          diff: text && `diff --git a/${text} b/${text}\n${text}`,
          failure: text,
        },
      ],
    },
    {
      title: outside.title ?? "TypeError",
      environment,
      release,
      shortId,
      sentryUrl: sentryUrl && `https://acme.sentry.io/issues/1/?x=/${sentryUrl}`,
    },
  );
  return workOrder.parse(order);
};

const resultOf = (outside: Outside): RepairResult =>
  makeRepairResult({
    reason: outside.failure ?? "",
    agent: outside.agent ?? "claude-code",
    recipe: outside.recipe,
    summary: outside.summary ?? "",
    plan: { text: outside.plan ?? "", sha256: SHA },
    checks: [
      { name: "test", command: outside.command ?? "npm test", outcome: "passed", exitCode: 0, seconds: 3 },
    ],
    failure: { command: outside.failure ?? "", output: outside.failure ?? "" },
    changesTests: [outside.path ?? ""],
    notes: [outside.failure ?? "", `Left out of the patch: ${outside.leftOut ?? ""}`],
    baseline: {
      source: "tap",
      exitCode: 1,
      redOnBase: [outside.testName ?? ""],
      redOnBaseCount: 1,
      newlyRed: [],
      newlyGreen: [outside.testName ?? ""],
      flaky: [outside.testName ?? ""],
      flakyCommand: false,
      vanished: [],
      vanishedCount: 0,
    },
    seconds: 60,
  });

const patchOf = (outside: Outside) => {
  const path = outside.path ?? "src/a.js";
  const side = { mode: "100644", oid: "1" };
  return {
    changes: [{ path, before: side, after: { mode: "100644", oid: "2" } }],
    flagged: [makeFinding("changes-how-it-is-tested", path, { path })],
    reported: { result: resultOf(outside) },
    patchId: "d".repeat(40),
    sha256: SHA,
    secrets: [],
  };
};

/** The pull request of an attempt, with as many commits as attempts that went on with it. */
export function attempt(outside: Outside): MergedPullRequest {
  const facts: ProposalFacts = {
    key: "pp-77-12-a2",
    issue: 12,
    attempt: 2,
    elsewhere: undefined,
    order: orderOf(outside),
    baseSha: "b".repeat(40),
    draft: true,
    hasOwnToken: false,
    runUrl: "https://github.com/acme/shop/actions/runs/500",
    ...patchOf(outside),
  };
  const message = commitMessage(facts);
  return {
    number: 31,
    title: pullRequestTitle(facts),
    body: pullRequestBody(facts),
    head: "acme/patchpilot/12-a2",
    commits: [message, message],
  };
}

/** The pull request of a patch that belongs to no incident. */
export function lone(outside: Outside, title?: string): MergedPullRequest {
  const facts: PatchFacts = {
    title,
    isFixed: true,
    draft: true,
    hasOwnToken: false,
    base: { sha: "b".repeat(40), by: "input" },
    ...patchOf(outside),
  };
  return {
    number: 31,
    title: patchTitle(facts),
    body: patchBody(facts),
    head: `acme/${patchBranch(SHA)}`,
    commits: [patchMessage(facts)],
  };
}
