import { isStopped } from "@patchpilot/action-kit/contract";
import { attemptBranch } from "@patchpilot/incident";
import { type Gate, type GateRun, type IssueState, viewGate } from "@patchpilot/ledger";
import { nameAction } from "@patchpilot/owner";
import { endRun, type ProposeEnding } from "../facts.ts";
import type { Attempt } from "./attempt-inputs.ts";

/** What GitHub says before the patch is opened. */
export type AttemptFacts = {
  readonly gate: Gate;
  /** The pull request that the branch has already, in any state. */
  readonly pullRequest:
    | { readonly number: number; readonly url: string; readonly state: string; readonly draft?: boolean }
    | undefined;
  /** undefined: the incident lives where this job cannot look. */
  readonly issue: IssueState | undefined;
};

/** Whether this run may publish; undefined says yes. Pure; the gate itself decides a race. */
export function decideAttempt(
  attempt: Attempt,
  facts: AttemptFacts,
  run: GateRun,
): ProposeEnding | undefined {
  const { inputs, name, continues, elsewhere } = attempt;
  const { issue } = name;
  // dispatch looks for the pull request of the attempt on this branch alone.
  const branch = continues?.branch ?? attemptBranch(name, elsewhere !== undefined);
  if (inputs.branch !== branch)
    return endRun(
      "refused",
      `\`branch\` is ${inputs.branch}, but the branch of this key is ${branch}: pass \`claim\`'s outputs \`key\` and \`branch\`.`,
    );
  if (isStopped(inputs.stop)) return endRun("stopped", "`stop` is set, so nothing is published.");
  if (inputs.issues !== "auto" && !inputs.issues.includes(issue))
    return endRun("not-selected", `\`issues\` does not name #${issue}.`);
  const barred = decideByPullRequest(attempt, facts);
  if (barred) return barred;
  return judgeGate(facts.gate, run) ?? decideByIssue(facts.issue, issue);
}

/** An attempt opens one pull request; one that goes on needs it open, and at the commit that was reviewed. */
function decideByPullRequest(
  { inputs, continues }: Attempt,
  { pullRequest }: AttemptFacts,
): ProposeEnding | undefined {
  if (continues === undefined)
    return pullRequest === undefined
      ? undefined
      : endRun(
          "exists",
          `Pull request #${pullRequest.number} of this attempt exists already (${pullRequest.state}).`,
        );
  if (pullRequest?.number !== continues.pullRequest)
    return endRun(
      "refused",
      `Pull request #${continues.pullRequest} of ${continues.branch} cannot be found.`,
    );
  if (pullRequest.state !== "open")
    return endRun(
      "exists",
      `Pull request #${pullRequest.number} is ${pullRequest.state}; nothing is added to it.`,
    );
  return continues.head === inputs["base-sha"]
    ? undefined
    : endRun("refused", "The patch is not based on the commit that was reviewed; pass `claim`'s `base-sha`.");
}

/** The gate's answer alone; asked again after a write that was refused or lost. */
export function judgeGate(gate: Gate, run: GateRun): ProposeEnding | undefined {
  const view = viewGate(gate, run);
  if (view.kind === "taken")
    return endRun("superseded", `${view.reason[0]?.toUpperCase()}${view.reason.slice(1)}.`);
  if (view.kind === "unreadable") return endRun("refused", "The gate is not one that PatchPilot wrote.");
  return view.kind === "own"
    ? undefined
    : endRun(
        "refused",
        `This key has no gate: \`${nameAction("claim")}\` must be the first step of the workflow.`,
      );
}

function decideByIssue(issue: IssueState | undefined, number: number): ProposeEnding | undefined {
  if (issue === undefined) return undefined;
  if (!issue.open) return endRun("issue-closed", `#${number} is closed, or gone.`);
  return issue.held ? endRun("held", `#${number} has the label \`patchpilot:hold\`.`) : undefined;
}
