import type { WorkOrder } from "@patchpilot/incident";
import { expect, test } from "vitest";
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
