import type { Phase } from "@patchpilot/incident";
import type { Commands } from "./commands.ts";
import type { NewestAttempt } from "./newest-attempt.ts";
import type { PendingChecks } from "./pending-checks.ts";
import type { Reply } from "./reply.ts";
import type { Resumption } from "./resumption.ts";
import type { PendingReview } from "./review.ts";

/** What another attempt waits for from people; `retry` ends every wait. */
export type Wait = "approval" | "answer" | "report" | "decision" | "review" | "checks" | "nothing";

type Said = {
  readonly commands: Commands;
  readonly review: PendingReview;
  readonly redChecks: PendingChecks;
  readonly reply: Reply;
};

/** Finds what an incident waits for. Pure. */
export function findWait(
  phase: Phase | undefined,
  { way }: Resumption,
  { outcome, ending, isCurrent }: NewestAttempt,
  { commands: { retry, takeOn }, review, redChecks, reply }: Said,
): Wait {
  // An attempt that is claimed already goes its way.
  if (way !== "next" || retry !== undefined) return "nothing";
  const isAnswered = reply.cause !== undefined;
  if (outcome === "planned" && isCurrent) return isAnswered ? "nothing" : "approval";
  if (ending === "asked" && isCurrent && !isAnswered) return "answer";
  if (ending === "reported" && isCurrent) return "report";
  if (phase === "needs-human" && takeOn === undefined && !isAnswered) return "decision";
  if (!isCurrent) return "nothing";
  if (review.isDue) return "review";
  return redChecks.isDue ? "checks" : "nothing";
}
