import { attemptBranch, parseKey } from "@patchpilot/incident";
import type { Gate } from "@patchpilot/ledger";
import type { Verdict } from "./contract.ts";
import type { IssueState } from "./ports.ts";

/** What is known before the patch is opened. */
export type Facts = {
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
  readonly run: Run;
};

export type Run = { readonly id: string; readonly attempt: number };

/** Why a run ends here, without having written anything. */
export type Refusal = { readonly verdict: Verdict; readonly reasons: readonly [string] };

const end = (verdict: Verdict, reason: string): Refusal => ({ verdict, reasons: [reason] });

/** Whether this run may publish; undefined says yes. Pure; the gate itself decides a race. */
export function decide(facts: Facts): Refusal | undefined {
  const name = parseKey(facts.key) ?? { repositoryId: 0, issue: 0, attempt: 0 };
  const { issue } = name;
  // dispatch looks for the pull request of the attempt on this branch alone.
  const branch = attemptBranch(name, facts.elsewhere);
  if (facts.branch !== branch)
    return end(
      "refused",
      `\`branch\` is ${facts.branch}, but the branch of this key is ${branch}: pass \`claim\`'s outputs \`key\` and \`branch\`.`,
    );
  if (facts.stopped) return end("stopped", "`stop` is set, so nothing is published.");
  if (facts.selected !== "auto" && !facts.selected.includes(issue))
    return end("not-selected", `\`issues\` does not name #${issue}.`);
  if (facts.pullRequest !== undefined) {
    const { number, state } = facts.pullRequest;
    return end("exists", `Pull request #${number} of this attempt exists already (${state}).`);
  }
  return decideByGate(facts.gate, facts.run) ?? decideByIssue(facts.issue, issue);
}

/** The gate's answer alone; asked again where a write was refused. */
export function decideByGate(gate: Gate, run: Run): Refusal | undefined {
  if (gate.state === "absent")
    return end(
      "refused",
      "No gate stands for this key: `patchpilot/claim` must be the first step of the workflow.",
    );
  if (gate.state === "unreadable") return end("refused", "The gate is not one that PatchPilot wrote.");
  const { fact } = gate;
  if (fact.state === "closed") return end("superseded", `The attempt is over: ${fact.outcome}.`);
  if (fact.run !== run.id) return end("superseded", `Run ${fact.run} works on this attempt.`);
  if (fact.runAttempt > run.attempt)
    return end("superseded", `Attempt ${fact.runAttempt} of this run works on it.`);
  return undefined;
}

function decideByIssue(issue: IssueState | undefined, number: number): Refusal | undefined {
  if (issue === undefined) return undefined;
  if (!issue.open) return end("issue-closed", `#${number} is closed, or gone.`);
  return issue.held ? end("held", `#${number} carries \`patchpilot:hold\`.`) : undefined;
}

/** Whether the gate says already that this run attempt publishes. */
export const isPublishing = (gate: Gate, run: Run): boolean =>
  gate.state === "present" &&
  gate.fact.state === "publishing" &&
  gate.fact.run === run.id &&
  gate.fact.runAttempt === run.attempt;
