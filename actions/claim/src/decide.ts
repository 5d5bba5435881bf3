import type { JobEnding, WorkOrder } from "@patchpilot/incident";
import { type Gate, type GateRun, type IssueState, viewGate } from "@patchpilot/ledger";
import { nameAction } from "@patchpilot/owner";

/** What is known when a worker stands before its gate. */
export type ClaimFacts = {
  readonly order: WorkOrder;
  /** Whether the input `issues` names the incident. */
  readonly selected: boolean;
  /** undefined: the issue may not be read from here, as it lives in another repository. */
  readonly issue: IssueState | undefined;
  /** Whether dispatch claimed this attempt; undefined where the claims may not be read from here. */
  readonly claimed: boolean | undefined;
  readonly gate: Gate;
  readonly run: GateRun;
  readonly stopped: boolean;
};

/** `cause`: whose fault it is, if it is nobody's who worked on the incident. */
export type ClaimRefusal = { readonly kind: "refuse" } & JobEnding;

export type ClaimDecision =
  /** Create the gate, or move it to this run attempt, then go on. */
  | { readonly kind: "pass" }
  /** Somebody else has it, or it is over: end green, do nothing. */
  | { readonly kind: "stand-back"; readonly reason: string }
  /** The order is not to be believed: end red. */
  | ClaimRefusal;

/** Decides whether this run may work on the attempt. Pure; the gate itself decides a race. */
export function decide(facts: ClaimFacts): ClaimDecision {
  const { order, issue, gate, run } = facts;
  if (facts.stopped) return { kind: "stand-back", reason: "`stop` is set" };
  if (!facts.selected) return { kind: "stand-back", reason: `\`issues\` does not name #${order.issue}` };
  if (facts.claimed === false)
    return {
      kind: "refuse",
      reason: `no claim of ${nameAction("dispatch")} names attempt ${order.attempt} of #${order.issue}; a forged or very old work order is not carried out`,
    };
  if (issue !== undefined && !issue.open) return { kind: "stand-back", reason: `#${order.issue} is closed` };
  if (issue?.held) return { kind: "stand-back", reason: `#${order.issue} has the label patchpilot:hold` };
  return decideByGate(gate, run);
}

/** The gate's answer alone; asked again after a write that was refused or lost. */
export function decideByGate(gate: Gate, run: GateRun): ClaimDecision {
  const view = viewGate(gate, run);
  if (view.kind === "taken") return { kind: "stand-back", reason: view.reason };
  return view.kind === "unreadable"
    ? { kind: "refuse", reason: "the gate is not one that PatchPilot wrote" }
    : { kind: "pass" };
}
