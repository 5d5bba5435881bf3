import type { EndingCause } from "@patchpilot/incident";
import type { AgentReport } from "../agents/agent.ts";

/** Statuses that say "not now": waiting is all that helps. */
const NOT_NOW: ReadonlySet<number | undefined> = new Set([429, 503, 529]);
/** Statuses by which the settings are at fault: `model-plan`, `model-implement`, `model-url`. */
const WRONG_SETTINGS: ReadonlySet<number | undefined> = new Set([400, 404]);

/** What a call of the agent that came to nothing is owed to. Pure. */
export function findCallCause({ ended, status }: Pick<AgentReport, "ended" | "status">): EndingCause {
  if (ended === "unauthorized") return "setup";
  if (ended !== "api-error") return "agent";
  if (NOT_NOW.has(status)) return "limits";
  return WRONG_SETTINGS.has(status) ? "setup" : "infrastructure";
}
