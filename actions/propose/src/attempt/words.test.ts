import type { RepairResult, WorkOrder } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { makeFinding } from "@patchpilot/patch-policy";
import { expect, test } from "vitest";
import { asRead } from "../testing/as-read.ts";
import { makeOrder } from "../testing/work-order.ts";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "./words.ts";

const facts = (title?: string, changes: Partial<ProposalFacts> = {}): ProposalFacts => ({
  key: "pp-77-12-a2",
  issue: 12,
  attempt: 2,
  elsewhere: undefined,
  order: title === undefined ? undefined : makeOrder({ attempt: 2 }, { title }),
  changes: [{ path: "src/a.js", before: { mode: "100644", oid: "1" }, after: { mode: "100644", oid: "2" } }],
  flagged: [],
  patchId: undefined,
  reported: {},
  baseSha: "b".repeat(40),
  draft: true,
  hasOwnToken: false,
  runUrl: "https://github.com/acme/shop/actions/runs/500",
  sha256: "c".repeat(64),
  secrets: [],
  ...changes,
});

test("the incident is referred to and never closed by the merge", () => {
  const texts = [pullRequestBody(facts("x")), commitMessage(facts("x"))].join("\n");
  expect(texts).toContain("Refs #12");
  expect(texts).not.toMatch(/\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\b[\s:]*#?\w*#\d/i);
});

test("the commit's subject is the title", () => {
  expect(commitMessage(facts("x")).split("\n")[0]).toBe(pullRequestTitle(facts("x")));
});

test("a reader sees the incident's name, and a program finds nothing in it to act on", () => {
  const body = pullRequestBody(facts("fixes #1 @octocat | [skip ci]"));
  expect(asRead(body)).toContain("**Why:** `fixes #1 @octocat | [skip ci]`");
  expect(body).toContain("<code>fixes &#x23;1 &#x40;octocat &#x7c; &#x5b;&#x73;kip ci&#x5d;</code>");
});

test("the value of a secret in the incident's name is hidden", () => {
  const texts = facts("token sup3r-s3cret leaked", { secrets: ["sup3r-s3cret"] });
  expect(pullRequestBody(texts) + pullRequestTitle(texts)).not.toContain("sup3r-s3cret");
});

test("every file that changes how it is tested is named, however many other flags there are", () => {
  const paths = Array.from({ length: 60 }, (_, index) => `a${index}/vitest.config.ts`);
  const flagged = [
    ...paths.map((path) => makeFinding("dependency", path, { path: `${path}.lock` })),
    ...paths.map((path) => makeFinding("changes-how-it-is-tested", path, { path })),
  ];
  const body = asRead(pullRequestBody(facts(undefined, { flagged })));
  expect(paths.filter((path) => !body.includes(`in \`${path}\`\n`))).toEqual([]);
  expect(body).toContain("- and 30 more");
});

const resultWith = (...names: RepairResult["checks"][number]["name"][]): RepairResult =>
  makeRepairResult({
    summary: "All tests pass.",
    checks: names.map((name) => ({
      name,
      command: `run ${name}`,
      outcome: "passed",
      exitCode: 0,
      seconds: 1,
    })),
  });

test.each<[string, ProposalFacts["reported"], string]>([
  ["no check ran", { result: resultWith() }, "**Nothing tested this change.**"],
  ["only the setup ran", { result: resultWith("setup") }, "**Nothing tested this change.**"],
  ["only a recipe's check ran", { result: resultWith("recipe") }, "**No test ran on this change:"],
  ["no result was given", {}, "**Whether anything tested this change is not known here.**"],
  [
    "the result cannot be read",
    { unknown: "The result file cannot be read." },
    "**Whether anything tested this change is not known here.** The result file cannot be read.",
  ],
])("if %s, that comes first", (_, reported, sentence) => {
  const body = pullRequestBody(facts("x", { reported }));
  expect(body.split("\n")[0]).toContain(sentence);
  expect(body).not.toContain("Tests passed");
});

test("if a test ran, the body does not say that none did", () => {
  const body = pullRequestBody(facts("x", { reported: { result: resultWith("setup", "test") } }));
  expect(body).not.toMatch(/Nothing tested|No test ran|not known here/);
  expect(body).toContain("✅ Tests passed while the agent worked");
});

test("what another job saw takes the place of what the agent's job reports", () => {
  const reported = { result: resultWith("test") };
  const body = pullRequestBody(facts("x", { reported, proof: { level: "reproduced", wall: "wall" } }));
  expect(body).toContain("✅ **Reproduced:**");
  expect(body).not.toContain("while the agent worked");
});

test.each([
  ["wall", "reports it: wall: bubblewrap\n"],
  ["process", "reports it: process: no wall\n"],
  ["[skip ci]", "reports it: one that is not known here\n"],
])("the body says which sandbox `%s` was", (sandbox, sentence) => {
  const reported = { result: { ...resultWith("test"), sandbox } };
  expect(pullRequestBody(facts("x", { reported }))).toContain(sentence);
});

test("what the agent says about a rule is beside the rule's name, and no other name does", () => {
  const explanation = {
    rules: ["catches-error", "toString", "@maya"],
    text: "Old carts have no lines. @maya",
  };
  const body = pullRequestBody(facts("x", { reported: { result: makeRepairResult({ explanation }) } }));
  expect(body).toContain("Asked about `catches-error`, the agent says:\n\n> <code>Old carts have no lines.");
  expect(body).not.toMatch(/toString|(?<![\w`])@maya/);
});

const bodyFor = (order: Partial<WorkOrder>, incident: Partial<WorkOrder["incident"]> = {}): string =>
  asRead(pullRequestBody(facts("x", { order: makeOrder({ attempt: 2, ...order }, incident) })));

const PERFORMANCE = {
  verdict: "regressed",
  source: "spans",
  operation: { project: "web", op: "http.server", transaction: "POST /checkout", description: "" },
  window: { from: "", to: "" },
  threshold: 500,
  now: { p95: 630 },
  before: { p95: 138 },
} as const;

const MEASURED = ["error", "performance"];
const ASKED = ["issue", "task"];

/** Every sentence that is not true of all kinds, with those of which it is. */
const TRUE_OF: readonly [RegExp, readonly string[]][] = [
  [/of high severity/, MEASURED],
  [/The evidence is in #12/, MEASURED],
  [/The merge alone does not end #12: after the deployment .* asks production/, MEASURED],
  [/You find the answer on #12, mostly an hour to three days later/, MEASURED],
  [/whether the error has stopped/, ["error"]],
  [/whether the operation is fast again/, ["performance"]],
  [/a p95 of 630 ms, 138 ms before/, ["performance"]],
  [/was asked for in #12/, ASKED],
  [/After merge and deploy, #12 is closed as done; nothing is measured/, ASKED],
];

test.each([...MEASURED, ...ASKED])(
  "of a kind as %s the body says what is true of it and nothing else",
  (kind) => {
    const order = kind === "performance" ? { performance: PERFORMANCE } : {};
    const body = bodyFor(order, { kind, severity: "high" });
    const said = TRUE_OF.filter(([sentence]) => sentence.test(body));
    expect(said).toEqual(TRUE_OF.filter(([, kinds]) => kinds.includes(kind)));
  },
);

test("without a work order, the body claims nothing of production or of what follows", () => {
  const body = pullRequestBody(facts(undefined));
  expect(body).toContain("#12 says what follows.");
  expect(body).not.toMatch(/production|measured|asked for/);
});

test("each way of a reader is said once, and a ready pull request is not to be made ready", () => {
  const ready = pullRequestBody(facts("x", { draft: false }));
  expect(
    pullRequestBody(facts("x")).match(/Ready for review|Request changes|close this pull request and say/g),
  ).toHaveLength(3);
  expect(ready).toContain("**It is right:** merge it.");
});

test.each([
  [false, "Approve workflows to run"],
  [true, "it starts as for any pull request"],
])(
  "with another token than the workflow's being %s, CI is started as GitHub starts it",
  (hasOwnToken, sentence) => {
    expect(pullRequestBody(facts("x", { hasOwnToken }))).toContain(sentence);
  },
);

test("nothing that is unknown, and no list of files, is in the body", () => {
  const body = pullRequestBody(facts("x", { reported: { result: makeRepairResult({ seconds: 0 }) } }));
  expect(body).not.toMatch(/unknown|0 s\b|null|undefined|Changed files/);
});

test("tests that were red on the base and what was left out of the patch are named", () => {
  const result = {
    ...resultWith("test"),
    notes: ["Left out of the patch: 1 file that is too large for a patch (data.bin).", "Something else."],
    baseline: {
      source: "tap",
      exitCode: 1,
      redOnBase: ["adds tax", "prints"],
      redOnBaseCount: 7,
      newlyRed: [],
      newlyGreen: ["totals"],
      flaky: [],
      flakyCommand: false,
      vanished: [],
      vanishedCount: 0,
    },
  };
  const body = asRead(pullRequestBody(facts("x", { reported: { result } })));
  expect(body).toContain("Red before and green now, as the job that made the patch reports it: `totals`.");
  expect(body).toContain("7 tests red before this change and still red: `adds tax`, `prints`, 5 more.");
  expect(body).toContain("`Left out of the patch: 1 file that is too large for a patch (data.bin).`");
  expect(body).not.toContain("Something else");
});

test.each<[string, Partial<WorkOrder>, string]>([
  ["a review", { review: { author: "maya", text: "No." } }, "Attempt 2 answers the review of `maya`."],
  [
    "red checks",
    { checks: [{ name: "ci", conclusion: "failure" }] },
    "Attempt 2 is to turn the red checks green.",
  ],
  [
    "an approved plan",
    { plan: { text: "Guard it.", sha256: "a".repeat(64) } },
    "Attempt 2 follows the plan that was approved there.",
  ],
])("an attempt that answers %s says so", (_, order, sentence) => {
  expect(bodyFor(order)).toContain(sentence);
});

test("a body of the longest texts is within what GitHub takes, and ends whole", () => {
  const long = "[x] ".repeat(20_000);
  const reported = {
    result: { ...resultWith("test"), summary: long, plan: { text: long, sha256: "a".repeat(64) } },
  };
  expect(pullRequestBody(facts(long, { reported })).length).toBeLessThanOrEqual(65_536);
});
