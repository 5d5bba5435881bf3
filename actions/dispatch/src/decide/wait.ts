import type { Phase } from "@patchpilot/incident";
import type { Commands } from "./commands.ts";
import type { NewestAttempt } from "./newest-attempt.ts";
import type { Resumption } from "./resumption.ts";
import type { PendingReview } from "./review.ts";

/** What another attempt waits for from people; `retry` ends every wait. */
export type Wait = "approval" | "answer" | "report" | "decision" | "review" | "nothing";

/** Finds what an incident waits for. Pure. */
export function findWait(
  phase: Phase | undefined,
  { way }: Resumption,
  { outcome, ending, isCurrent }: NewestAttempt,
  { retry, accept }: Commands,
  { isDue }: PendingReview,
): Wait {
  // An attempt that is claimed already goes its way.
  if (way !== "next" || retry !== undefined) return "nothing";
  if (outcome === "planned" && isCurrent) return "approval";
  if (ending === "asked" && isCurrent) return "answer";
  if (ending === "reported" && isCurrent) return "report";
  if (phase === "needs-human" && accept === undefined) return "decision";
  return isDue && isCurrent ? "review" : "nothing";
}
