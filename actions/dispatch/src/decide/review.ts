import type { AttemptOutcome } from "@patchpilot/incident";
import type { DispatchFacts } from "../facts.ts";
import type { NewestAttempt } from "./newest-attempt.ts";

/** A change request on the pull request of the newest attempt. */
export type PendingReview = {
  /** The next attempt would continue a pull request that a reviewer wants changed. */
  readonly isDue: boolean;
  /** The change request that the next attempt answers. */
  readonly answer: string | undefined;
  /** Somebody else has pushed to the branch. */
  readonly isOthers: boolean;
};

/** Outcomes of an attempt that left the pull request it continued as it was. */
const ADDED_NOTHING: readonly AttemptOutcome[] = ["failed", "no-change", "lost", "replaced"];

/**
 * Finds the change request to answer: one that no claim names yet, or the last attempt's, if the reviewer still asks
 * for it and the branch has not moved since. Pure.
 */
export function findReview(
  pullRequest: DispatchFacts["pullRequest"],
  changeRequest: DispatchFacts["changeRequest"],
  { outcome, ending, ground }: NewestAttempt,
): PendingReview {
  const last = ground.continues;
  const isOpened =
    outcome === "changes-requested" ||
    (outcome !== undefined && ADDED_NOTHING.includes(outcome) && last !== undefined);
  const isByChecks =
    ending === "red-checks" || (outcome !== "changes-requested" && last?.checks !== undefined);
  // What was opened for red checks becomes a reviewer's once somebody asks for changes.
  const isDue = isOpened && (changeRequest !== undefined || !isByChecks);
  if (changeRequest !== undefined) {
    const { review, isOthers } = changeRequest;
    return { isDue, answer: isOthers ? undefined : review, isOthers };
  }
  const hasMoved = pullRequest?.headOid !== last?.head;
  const isOpen = last !== undefined && pullRequest?.changeRequests?.includes(last.review) === true;
  return {
    isDue,
    answer: isOpen && !hasMoved ? last.review : undefined,
    // An attempt that ended with a change request moved the branch itself.
    isOthers: hasMoved && outcome !== "changes-requested",
  };
}
