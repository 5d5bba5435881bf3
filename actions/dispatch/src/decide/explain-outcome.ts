import type { AttemptOutcome, EndingCause } from "@patchpilot/incident";
import { ATTEMPT_REASONS, nameOutcome } from "@patchpilot/status";
import type { DispatchInputs } from "../contract.ts";
import type { ClosedGate } from "./settle.ts";

/** What an interruption is owed to, for people. */
export const CAUSES: Readonly<Record<EndingCause, string>> = {
  agent: "the agent",
  tests: "the tests",
  setup: "the set-up failed",
  limits: "the model's key was refused",
  infrastructure: "the machine or a service failed",
};

/** What the issue says if an outcome waits for people. */
export function explainOutcome(
  outcome: AttemptOutcome,
  { ending, cause }: ClosedGate,
  { start }: { readonly start: Pick<DispatchInputs, "via" | "event-type" | "workflow"> },
): string {
  if (ending === "interrupted")
    return `it was interrupted (${CAUSES[cause ?? "infrastructure"]}), which does not count as an attempt`;
  if (ending === "red-checks") return "checks of its pull request went red";
  if (outcome === "declined")
    return "its pull request was closed unmerged; set `patchpilot:retry` for another attempt";
  if (outcome === "planned") return ATTEMPT_REASONS.plan;
  if (outcome === "changes-requested") return "a reviewer asked for changes";
  if (outcome !== "lost") return `it ${nameOutcome(outcome)}`;
  const trigger =
    start.via === "repository_dispatch"
      ? `It must be on the default branch, enabled, and run on \`repository_dispatch\` of the type \`${start["event-type"]}\``
      : `\`${start.workflow}\` must be enabled and run on \`workflow_dispatch\``;
  return `GitHub was asked for it twice, and no run began. ${trigger}.`;
}
