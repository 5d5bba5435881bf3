import {
  type AttemptEnding,
  type AttemptOutcome,
  type EndingCause,
  isNobodysFault,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";

/** The gate of an attempt is to be closed in this way. */
export type Closing = {
  readonly kind: "close";
  readonly outcome: AttemptOutcome;
  readonly reason: string;
  readonly ending?: AttemptEnding;
  readonly cause?: EndingCause;
};

/**
 * A run is judged by what is on GitHub: green without a pull request changed nothing. What it left says no more than how
 * that is meant, in words of a fixed list.
 */
export function judgeEndedRun(
  { endWords }: DispatchFacts,
  run: DispatchFacts["runs"][number],
  { now, startMs }: DispatchSettings,
): Closing | { readonly kind: "in-flight"; readonly reason: string } {
  const words = endWords === undefined || "unknown" in endWords ? undefined : endWords;
  if (run.conclusion === "success") {
    // A question that cannot be read yet would look like an agent that had nothing to say.
    const isUnread = endWords !== undefined && "unread" in endWords && endWords.unread;
    if (isUnread && now <= Date.parse(run.updatedAt) + startMs)
      return { kind: "in-flight", reason: `${endWords.unknown}; a later run tries again` };
    const reason = `run ${run.id} ended without a pull request`;
    return { kind: "close", outcome: "no-change", reason, ...omitUndefined({ ending: words?.ending }) };
  }
  const reason = `run ${run.id} ended: ${run.conclusion ?? "unknown"}`;
  const cause = run.conclusion === "startup_failure" ? "infrastructure" : words?.cause;
  return cause !== undefined && isNobodysFault(cause)
    ? { kind: "close", outcome: "failed", reason, ending: "interrupted", cause }
    : { kind: "close", outcome: "failed", reason };
}
