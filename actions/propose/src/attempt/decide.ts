import { attemptBranch, parseKey } from "@patchpilot/incident";
import { type Gate, type GateRun, type IssueState, viewGate } from "@patchpilot/ledger";
import { type Continuation, endRun, type ProposeEnding } from "../facts.ts";

/** What is known before the patch is opened. */
export type AttemptFacts = {
  readonly key: string;
  readonly branch: string;
  /** The incident is in another repository. */
  readonly elsewhere: boolean;
  readonly selected: "auto" | readonly number[];
  readonly stopped: boolean;
  readonly gate: Gate;
  /** The pull request that the branch has already, in any state. */
  readonly pullRequest: { readonly number: number; readonly url: string; readonly state: string } | undefined;
  /** undefined: the incident lives where this job cannot look. */
  readonly issue: IssueState | undefined;
  readonly run: GateRun;
  /** Set where the attempt goes on with an earlier one's pull request, as its work order says. */
  readonly continues?: Continuation | undefined;
  /** Commit that the patch applies to. */
  readonly baseSha: string;
};

/** Whether this run may publish; undefined says yes. Pure; the gate itself decides a race. */
export function decideAttempt(facts: AttemptFacts): ProposeEnding | undefined {
  const name = parseKey(facts.key) ?? { repositoryId: 0, issue: 0, attempt: 0 };
  const { issue } = name;
  // dispatch looks for the pull request of the attempt on this branch alone.
  const branch = facts.continues?.branch ?? attemptBranch(name, facts.elsewhere);
  if (facts.branch !== branch)
    return endRun(
      "refused",
      `\`branch\` is ${facts.branch}, but the branch of this key is ${branch}: pass \`claim\`'s outputs \`key\` and \`branch\`.`,
    );
  if (facts.stopped) return endRun("stopped", "`stop` is set, so nothing is published.");
  if (facts.selected !== "auto" && !facts.selected.includes(issue))
    return endRun("not-selected", `\`issues\` does not name #${issue}.`);
  const barred = decideByPullRequest(facts);
  if (barred) return barred;
  return judgeGate(facts.gate, facts.run) ?? decideByIssue(facts.issue, issue);
}

/** An attempt opens one pull request; one that goes on needs it open, and at the commit that was reviewed. */
function decideByPullRequest({ pullRequest, continues, baseSha }: AttemptFacts): ProposeEnding | undefined {
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
  return continues.head === baseSha
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
        "No gate stands for this key: `patchpilot/claim` must be the first step of the workflow.",
      );
}

function decideByIssue(issue: IssueState | undefined, number: number): ProposeEnding | undefined {
  if (issue === undefined) return undefined;
  if (!issue.open) return endRun("issue-closed", `#${number} is closed, or gone.`);
  return issue.held ? endRun("held", `#${number} carries \`patchpilot:hold\`.`) : undefined;
}
