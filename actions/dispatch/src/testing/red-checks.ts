import type { CommitCheck } from "@patchpilot/github";
import type { RedChecks } from "../facts.ts";

const RED: CommitCheck = {
  id: "CR_1",
  name: "unit",
  app: "github-actions",
  state: "red",
  conclusion: "FAILURE",
  isRequired: false,
  job: 71,
};

/** One red check on a commit. */
export const redOn = (head: string, changes: Partial<RedChecks> = {}): RedChecks => ({
  head,
  tree: "t",
  isOwn: true,
  isComplete: true,
  isPending: false,
  red: [RED],
  isBaseRed: false,
  runs: new Map(),
  ...changes,
});
