import type { ProposedPull, WorkflowRun } from "@patchpilot/github";
import { minutesAfter } from "@patchpilot/incident/testing";

export const runOf = (changes: Partial<WorkflowRun> = {}): WorkflowRun => ({
  id: "500",
  attempt: 1,
  title: "patchpilot pp-4242-12-a1",
  ended: false,
  conclusion: null,
  createdAt: minutesAfter(2),
  updatedAt: minutesAfter(3),
  url: "https://github.com/acme/shop/actions/runs/500",
  ...changes,
});

export const pullRequestOf = (changes: Partial<ProposedPull> = {}): ProposedPull => ({
  number: 34,
  url: "https://github.com/acme/shop/pull/34",
  state: "open",
  draft: true,
  mergeCommit: null,
  mergedAt: null,
  branch: "patchpilot/12-a1",
  headOid: "c".repeat(40),
  ...changes,
});
export const merged = pullRequestOf({ state: "merged", mergeCommit: "abc", mergedAt: minutesAfter(40) });
