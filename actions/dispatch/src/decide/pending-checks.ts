import type { AttemptEnding, AttemptOutcome, Groundwork } from "@patchpilot/incident";
import type { DispatchFacts } from "../facts.ts";
import type { NewestAttempt } from "./newest-attempt.ts";
import { checksCause, nameRed } from "./red-checks.ts";
import type { PendingReview } from "./review.ts";

/** Red checks that the next attempt is to turn green. */
export type PendingChecks = {
  /** The next attempt would continue a pull request whose checks were red. */
  readonly isDue: boolean;
  /** What it would answer: they are red still, on the commit that was judged. */
  readonly answer: { readonly cause: string; readonly red: string; readonly tree: string } | undefined;
  /** Somebody else has pushed to the branch. */
  readonly isOthers: boolean;
  /** The last attempt changed nothing about them. */
  readonly isInVain: boolean;
};

const IN_VAIN: readonly AttemptOutcome[] = ["failed", "no-change", "lost"];

/** Whether an attempt that was to turn checks green left them as they were, by its own fault. Pure. */
export const isInVain = (
  { continues }: Groundwork,
  outcome: AttemptOutcome | undefined,
  ending: AttemptEnding | undefined,
): boolean =>
  continues?.checks !== undefined &&
  outcome !== undefined &&
  IN_VAIN.includes(outcome) &&
  ending !== "interrupted";

const ADDED_NOTHING: readonly AttemptOutcome[] = [...IN_VAIN, "replaced"];

/** Finds the red checks to answer once their attempt is settled; a reviewer's word goes first. Pure. */
export function findRedChecks(
  { pullRequest, checks, gate }: DispatchFacts,
  { outcome, ending, ground }: NewestAttempt,
  review: PendingReview,
): PendingChecks {
  const last = ground.continues;
  const isJustRed = ending === "red-checks";
  const isLeft = outcome !== undefined && ADDED_NOTHING.includes(outcome) && last?.checks !== undefined;
  const published = gate.state === "present" && gate.fact.state === "closed" ? gate.fact.head : undefined;
  const head = isJustRed ? published : last?.head;
  const isThere = pullRequest?.headOid === head && checks?.head === head && checks?.isOwn === true;
  return {
    isDue: !review.isDue && (isJustRed || isLeft),
    answer:
      isThere && checks.red.length > 0
        ? { cause: checksCause(checks), red: nameRed(checks), tree: checks.tree }
        : undefined,
    isOthers: pullRequest?.headOid !== head,
    isInVain: isInVain(ground, outcome, ending),
  };
}
