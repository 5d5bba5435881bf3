import { attemptRecord, incidentOf } from "@patchpilot/incident/testing";
import { expect, it } from "vitest";
import { claimsOf, done } from "../testing/claims.ts";
import { factsOf } from "../testing/facts.ts";
import { closedAs } from "../testing/gates.ts";
import { merged, pullRequestOf, runOf } from "../testing/runs.ts";
import { earlierAttempts } from "./earlier-attempts.ts";

const first = attemptRecord({ outcome: "failed", reason: "it ended: failed", runId: "400", pullRequest: 30 });

it("are those before the next one, oldest first, as their records tell", () => {
  const incident = incidentOf({
    attempts: [attemptRecord({ attempt: 2 }), first, attemptRecord({ attempt: 3 })],
  });
  expect(earlierAttempts(factsOf({ incident }), 3, false)).toEqual([
    {
      attempt: 1,
      outcome: "failed",
      reason: "it ended: failed",
      run: "400",
      branch: "patchpilot/12-a1",
      pullRequest: 30,
    },
    { attempt: 2, outcome: "unknown", branch: "patchpilot/12-a2" },
  ]);
});

it("tell what this run has just settled, though its record does not say so yet", () => {
  const facts = factsOf({
    incident: incidentOf({ attempts: [attemptRecord({ reason: "the worker is on it" })] }),
    claims: claimsOf(done()),
    gate: closedAs("failed", { run: "500" }),
    runs: [runOf({ ended: true, conclusion: "failure" })],
    pullRequest: pullRequestOf(),
  });
  expect(earlierAttempts(facts, 2, false)).toEqual([
    {
      attempt: 1,
      outcome: "failed",
      reason: "its run ended: failure",
      run: "500",
      branch: "patchpilot/12-a1",
      pullRequest: 34,
      head: "c".repeat(40),
    },
  ]);
});

it("hold what was said when a pull request was closed unmerged", () => {
  const declined = [{ by: "maya", text: "Not here." }];
  const incident = incidentOf({ attempts: [attemptRecord({ outcome: "declined", declined })] });
  expect(earlierAttempts(factsOf({ incident }), 2, false)).toMatchObject([{ outcome: "declined", declined }]);
});

it("name the merge commit of what did not help", () => {
  const gate = closedAs("failing", { run: "500", mergeCommit: "abc" });
  const facts = factsOf({ claims: claimsOf(done()), gate, pullRequest: merged });
  expect(earlierAttempts(facts, 2, false)).toMatchObject([{ outcome: "failing", mergeCommit: "abc" }]);
});

it("have branches that name the incident's repository where another one is repaired", () => {
  const facts = factsOf({ claims: claimsOf(done()) });
  expect(earlierAttempts(facts, 2, true)[0]?.branch).toBe("patchpilot/4242-12-a1");
});
