import type { Outcome } from "@patchpilot/action-kit";
import { writeSummary } from "@patchpilot/action-kit/contract";
import { inertSentence } from "@patchpilot/evidence";
import { summariseOrder, type WorkOrder } from "@patchpilot/incident";
import type { contract } from "./contract.ts";

export type ClaimOutcome = Outcome<typeof contract>;

/** What this run leaves for the later jobs, beside the order. */
type Passed = Pick<
  ClaimOutcome["outputs"],
  "branch" | "base-sha" | "prompt-file" | "task-file" | "evidence-file"
>;

/** @param note what the worker should know of the branch */
export function reportPassed(order: WorkOrder, passed: Passed, note?: string): ClaimOutcome {
  return {
    outputs: { ...common(order), issues: [order.issue], count: 1, proceed: true, ...passed },
    lines: [
      {
        level: "info",
        text: `This run works on attempt ${order.attempt} of #${order.issue} (${order.key}).`,
      },
      ...(note === undefined ? [] : [{ level: "warning" as const, text: note }]),
    ],
    summary: writeSummary(
      "Claim",
      `This run works on attempt ${order.attempt} of ${order.repository}#${order.issue}.`,
    ),
  };
}

const common = (order: WorkOrder): Omit<ClaimOutcome["outputs"], "proceed"> => ({
  issues: [],
  incidents: [summariseOrder(order)],
  count: 0,
  issue: order.issue,
  attempt: order.attempt,
  key: order.key,
  branch: "",
  "base-sha": "",
  "prompt-file": "",
  "task-file": "",
  "evidence-file": "",
});

export function reportStandBack(order: WorkOrder, reason: string): ClaimOutcome {
  const text = `This run does not work on ${order.key}: ${reason.replace(/\.$/, "")}.`;
  return {
    outputs: { ...common(order), proceed: false },
    lines: [{ level: "notice", text }],
    summary: writeSummary("Claim", inertSentence(text)),
  };
}

export const reportRefusal = (order: WorkOrder, reason: string): ClaimOutcome => ({
  outputs: { ...common(order), proceed: false },
  lines: [],
  summary: "",
  failure: `Nothing is repaired: ${reason}.`,
});
