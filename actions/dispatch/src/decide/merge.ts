import type { DispatchFacts } from "../facts.ts";
import type { NewestAttempt } from "./newest-attempt.ts";

/** What production says of a merge. */
export type JudgedMerge = {
  /** The newest attempt ended with it, and production does not show that it did not help. */
  readonly isTrusted: boolean;
  /** The pull request was merged, and production shows that it did not help. */
  readonly isDisproved: boolean;
  /** The commit that did not help, once the gate of its attempt is closed. */
  readonly failing: string | undefined;
};

/** Judges a merge by the commit that a verdict disproves. Pure. */
export function judgeMerge(
  { outcome, isCurrent, mergeCommit }: NewestAttempt,
  pullRequest: DispatchFacts["pullRequest"],
  disproved: string | undefined,
): JudgedMerge {
  const isDisproved = (commit: string | null | undefined) => disproved !== undefined && commit === disproved;
  // A gate that was closed before the merge, for a change request, does not name it.
  const merge = mergeCommit ?? pullRequest?.mergeCommit;
  return {
    isTrusted: outcome === "merged" && isCurrent && !isDisproved(mergeCommit),
    isDisproved: isDisproved(pullRequest?.mergeCommit),
    failing: outcome !== undefined && isDisproved(merge) ? disproved : undefined,
  };
}
