import type { RepairResult, WorkOrder } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { finding } from "./patch/rules.ts";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "./pull-request-text.ts";

const order = (title: string): WorkOrder => ({
  v: 1,
  key: "pp-77-12-a2",
  repository: "acme/shop",
  repositoryId: 77,
  issue: 12,
  url: "https://github.com/acme/shop/issues/12",
  attempt: 2,
  agent: "claude-code",
  autonomy: "draft-pr",
  incident: { key: "sentry:acme/1", kind: "error", title, severity: "high", confidence: 0.9 },
  evidence: "",
  suspectFiles: [],
  similarIncidents: [],
  previousAttempts: [],
});

const facts = (title?: string, changes: Partial<ProposalFacts> = {}): ProposalFacts => ({
  key: "pp-77-12-a2",
  issue: 12,
  attempt: 2,
  elsewhere: undefined,
  order: title === undefined ? undefined : order(title),
  changes: [{ path: "src/a.js", before: { mode: "100644", oid: "1" }, after: { mode: "100644", oid: "2" } }],
  flagged: [],
  patchId: undefined,
  told: {},
  baseSha: "b".repeat(40),
  sha256: "c".repeat(64),
  secrets: [],
  ...changes,
});

test("the incident is referred to and never closed by the merge", () => {
  const texts = [pullRequestBody(facts("x")), commitMessage(facts("x"))].join("\n");
  expect(texts).toContain("Refs #12");
  expect(texts).not.toMatch(/\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\b[\s:]*#?\w*#\d/i);
});

const hostile = [
  "fixes #1",
  "Closes: acme/shop#7",
  "resolve SHOP-12",
  "@octocat look",
  "see GH-9",
  "<img src=x> ![](https://evil.example/x.png)",
  "`# | --> ```",
];

test.each(hostile)(
  "the title and the commit of an incident called %j close, mention and refer to nothing else",
  (name) => {
    const texts = `${pullRequestTitle(facts(name))}\n${commitMessage(facts(name)).replace("Refs #12", "")}`;
    expect(texts).not.toMatch(
      /#\d|@\w|\bGH-\d|\b(close[sd]?|fix(e[sd])?|resolve[sd]?)[\s:]+\w+-\d|<img|https:/i,
    );
  },
);

test("the body shows the incident's name as code", () => {
  expect(pullRequestBody(facts("fixes #1 @octocat"))).toContain("| Incident | `fixes #1 @octocat` |");
});

test("the value of a secret in the incident's name is hidden", () => {
  const texts = facts("token sup3r-s3cret leaked", { secrets: ["sup3r-s3cret"] });
  expect(pullRequestBody(texts) + pullRequestTitle(texts)).not.toContain("sup3r-s3cret");
});

test("without a work order the title names the attempt", () => {
  expect(pullRequestTitle(facts())).toBe("PatchPilot: attempt 2");
});

test("new, removed and re-moded files are told apart", () => {
  const changes = [
    { path: "new.js", after: { mode: "100644", oid: "1" } },
    { path: "old.js", before: { mode: "100644", oid: "1" } },
    { path: "run.sh", before: { mode: "100644", oid: "1" }, after: { mode: "100755", oid: "1" } },
  ];
  expect(pullRequestBody(facts(undefined, { changes }))).toContain(
    "- `new.js` (new)\n- `old.js` (removed)\n- `run.sh` (mode 100644 → 100755)\n",
  );
});

test("every file that changes how it is tested is named, however many other flags there are", () => {
  const paths = Array.from({ length: 60 }, (_, index) => `a${index}/vitest.config.ts`);
  const flagged = [
    ...paths.map((path) => finding("dependency", path, { path: `${path}.lock` })),
    ...paths.map((path) => finding("changes-how-it-is-tested", path, { path })),
  ];
  const body = pullRequestBody(facts(undefined, { flagged }));
  expect(paths.filter((path) => !body.includes(`in \`${path}\`\n`))).toEqual([]);
  expect(body).toContain("- and 30 more");
});

const resultWith = (...names: RepairResult["checks"][number]["name"][]): RepairResult => ({
  v: 1,
  step: "work",
  result: "patch",
  reason: "",
  baseSha: "b".repeat(40),
  summary: "All tests pass.",
  checks: names.map((name) => ({ name, command: `run ${name}`, outcome: "passed", exitCode: 0, seconds: 1 })),
  calls: [],
  turns: null,
  costUsd: null,
  changesTests: [],
  notes: [],
  seconds: 1,
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
