import { type RepairResult, workOrder } from "@patchpilot/incident";
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
  told: {},
  baseSha: "b".repeat(40),
  sha256: "c".repeat(64),
  secrets: [],
  ...changes,
});

/** As the order of an event holds it. */
const named = (shortId: string | undefined): ProposalFacts => {
  return facts("x", { order: workOrder.parse(makeOrder({ attempt: 2 }, { shortId })) });
};

test("the incident is referred to and never closed by the merge", () => {
  const texts = [pullRequestBody(facts("x")), commitMessage(facts("x"))].join("\n");
  expect(texts).toContain("Refs #12");
  expect(texts).not.toMatch(/\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\b[\s:]*#?\w*#\d/i);
});

test.each(["SHOP-2T", "MY-SHOP_EU-1A", "A1-B2"])("the title names Sentry's short id %s", (shortId) => {
  expect(pullRequestTitle(named(shortId))).toBe(`Repair ${shortId} (attempt 2)`);
});

test.each([
  undefined,
  "",
  "SHOP",
  "shop-2t",
  "GH-1",
  "-1",
  "SHOP-2T [skip ci]",
  "SHOP-2T\nSHOP-3",
  "SHOP-2T\u200b",
  `${"A".repeat(63)}-1`,
])("without a short id of Sentry, as in %j, the title names the issue", (shortId) => {
  expect(pullRequestTitle(named(shortId))).toBe("Repair #12 (attempt 2)");
});

test("the title names an issue of another repository in full", () => {
  expect(pullRequestTitle(facts("x", { elsewhere: "acme/incidents" }))).toBe(
    "Repair acme/incidents#12 (attempt 2)",
  );
});

test("the commit's subject is the title", () => {
  expect(commitMessage(named("SHOP-2T")).split("\n")[0]).toBe("Repair SHOP-2T (attempt 2)");
});

test("the title and the commit close nothing, for GitHub or for Sentry", () => {
  const texts = [facts(), named("SHOP-2T")].map((one) => `${pullRequestTitle(one)}\n${commitMessage(one)}`);
  expect(texts.join("\n")).not.toMatch(/\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\b/i);
});

test("a reader sees the incident's name, and a program finds nothing in it to act on", () => {
  const body = pullRequestBody(facts("fixes #1 @octocat | [skip ci]"));
  expect(asRead(body)).toContain("| Incident | `fixes #1 @octocat | [skip ci]` |");
  expect(body).toContain("<code>fixes &#x23;1 &#x40;octocat &#x7c; &#x5b;&#x73;kip ci&#x5d;</code>");
});

test("the value of a secret in the incident's name is hidden", () => {
  const texts = facts("token sup3r-s3cret leaked", { secrets: ["sup3r-s3cret"] });
  expect(pullRequestBody(texts) + pullRequestTitle(texts)).not.toContain("sup3r-s3cret");
});

test("new, removed and re-moded files differ", () => {
  const changes = [
    { path: "new.js", after: { mode: "100644", oid: "1" } },
    { path: "old.js", before: { mode: "100644", oid: "1" } },
    { path: "run.sh", before: { mode: "100644", oid: "1" }, after: { mode: "100755", oid: "1" } },
  ];
  expect(asRead(pullRequestBody(facts(undefined, { changes })))).toContain(
    "- `new.js` (new)\n- `old.js` (removed)\n- `run.sh` (mode 100644 → 100755)\n",
  );
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

test("names of files that are long to write push no flag out of the body", () => {
  const paths = Array.from({ length: 50 }, (_, index) => `${"-".repeat(195)}${index}`);
  const changes = paths.map((path) => ({ path, after: { mode: "100644", oid: "1" } }));
  const flagged = [makeFinding("changes-how-it-is-tested", "Makefile", { path: "Makefile" })];
  expect(pullRequestBody(facts("x", { changes, flagged }))).toContain("`changes-how-it-is-tested`");
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

test.each<[string, ProposalFacts["told"], string]>([
  ["no check ran", { result: resultWith() }, "**Nothing tested this change.**"],
  ["only the setup ran", { result: resultWith("setup") }, "**Nothing tested this change.**"],
  ["only a recipe's check ran", { result: resultWith("recipe") }, "**No test ran on this change:"],
  ["no result was given", {}, "**Whether anything tested this change is not known here.**"],
  [
    "the result cannot be read",
    { unknown: "The result file cannot be read." },
    "**Whether anything tested this change is not known here.** The result file cannot be read.",
  ],
])("where %s, that comes before all but the reference", (_, told, sentence) => {
  const body = pullRequestBody(facts("x", { told }));
  expect(body.split("\n")[2]).toContain(sentence);
  expect(body).not.toContain("ran the tests again");
});

test("where a test ran, the body does not say that none did", () => {
  const body = pullRequestBody(facts("x", { told: { result: resultWith("setup", "test") } }));
  expect(body).not.toMatch(/Nothing tested|No test ran|not known here/);
  expect(body).toContain("ran the tests again");
});

test.each([
  ["wall", "reports it: wall: bubblewrap. The summary of the job `verify` names"],
  ["process", "reports it: process: no wall."],
  ["[skip ci]", "reports it: one that is not known here."],
])("the body says which sandbox `%s` was", (sandbox, sentence) => {
  const told = { result: { ...resultWith("test"), sandbox } };
  expect(pullRequestBody(facts("x", { told }))).toContain(sentence);
});

test("what the agent says about a rule is beside the rule's name, and no other name does", () => {
  const explanation = {
    rules: ["catches-error", "toString", "@maya"],
    text: "Old carts have no lines. @maya",
  };
  const body = pullRequestBody(facts("x", { told: { result: makeRepairResult({ explanation }) } }));
  expect(body).toContain("Asked about `catches-error`, the agent says:\n\n> <code>Old carts have no lines.");
  expect(body).not.toMatch(/toString|(?<![\w`])@maya/);
});
