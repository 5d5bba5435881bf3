import { type AttemptOutcome, type Groundwork, groundworkOf } from "@patchpilot/incident";
import { type Choice, skip } from "./choice.ts";
import { sameEpisode, unspentCommand } from "./commands.ts";
import type { Facts, Settings } from "./facts.ts";
import { type Approval, approvalOf, continuationOf, planOf } from "./ground.ts";
import { highestClaim, isDisproved, isSpent, type Settlement } from "./settle.ts";

/** Whether the newest attempt was for a plan, which waits for its answer. */
export const isPlanned = (facts: Facts, settlement: Settlement): boolean =>
  settlement.kind === "settled" && settlement.outcome === "planned" && sameEpisode(facts);

/** A plan is carried out once a person approves it, and made anew on a person's word. */
export function barredByPlan(facts: Facts, settings: Settings): Choice | undefined {
  if (unspentCommand(facts, settings) !== undefined) return undefined;
  const approval = unspentApproval(facts);
  if (approval.kind === "refused") return skip("plan-refused", approval.reason, true);
  if (approval.kind === "none")
    return skip("needs-human", "approve the plan with the label patchpilot:approved");
  return settings.autonomy === "draft-pr"
    ? undefined
    : skip("plan-refused", `\`autonomy: ${settings.autonomy}\` lets no plan be carried out`, true);
}

/** The approval of the newest attempt's plan; a label that a claim names already approves nothing more. */
export function unspentApproval(facts: Facts): Approval {
  const event = facts.incident.issue.commands.find(({ command }) => command === "approved");
  const attempt = highestClaim(facts)?.attempt;
  if (event === undefined || attempt === undefined || isSpent(facts, `label/${event.eventId}`))
    return { kind: "none" };
  return approvalOf(facts, attempt);
}

/**
 * An attempt was closed so that the next one answers a reviewer, or one that answered him added nothing; before the
 * next one began, people went on.
 */
export function barredByPullRequest(
  facts: Facts,
  settlement: Settlement,
  settings: Settings,
): Choice | undefined {
  if (!isUnderReview(facts, settlement) || !sameEpisode(facts)) return undefined;
  if (unspentCommand(facts, settings) !== undefined) return undefined;
  const { pullRequest } = facts;
  if (pullRequest?.state === "merged")
    return isDisproved(facts, pullRequest.mergeCommit)
      ? undefined
      : skip("verifying", "its pull request was merged by a person");
  if (pullRequest?.state !== "open")
    return skip("needs-human", "its pull request was closed after a reviewer had asked for changes", true);
  if (reviewToAnswer(facts) !== undefined) return undefined;
  return skip(
    "needs-human",
    hasCommitsOfOthers(facts, settlement)
      ? "its branch has commits of a person: PatchPilot leaves it to people"
      : "the reviewer asks for changes no longer; merge its pull request or close it",
    true,
  );
}

/** Outcomes of an attempt that left the pull request which it went on with as it was. */
const ADDED_NOTHING: readonly AttemptOutcome[] = ["failed", "no-change", "lost", "replaced"];

/** Whether the next attempt would go on with a pull request that a reviewer wants changed. */
function isUnderReview(facts: Facts, settlement: Settlement): boolean {
  if (settlement.kind !== "settled") return false;
  const { outcome } = settlement;
  return (
    outcome === "changes-requested" ||
    (ADDED_NOTHING.includes(outcome) && lastGroundOf(facts).continues !== undefined)
  );
}

/**
 * The change request that the next attempt answers: one that no claim names yet, or that of the last attempt, where it
 * still stands and the branch has not moved since; none where the branch has commits of others.
 */
function reviewToAnswer(facts: Facts): string | undefined {
  const { changeRequest, pullRequest } = facts;
  if (changeRequest !== undefined) return changeRequest.isOthers ? undefined : changeRequest.review;
  const last = lastGroundOf(facts).continues;
  const stands =
    last !== undefined &&
    pullRequest?.headOid === last.head &&
    pullRequest.changeRequests?.includes(last.review) === true;
  return stands ? last.review : undefined;
}

function hasCommitsOfOthers(facts: Facts, settlement: Settlement): boolean {
  const { changeRequest, pullRequest } = facts;
  if (changeRequest !== undefined) return changeRequest.isOthers;
  const isOwnCommit = settlement.kind === "settled" && settlement.outcome === "changes-requested";
  return !isOwnCommit && pullRequest?.headOid !== lastGroundOf(facts).continues?.head;
}

/** What the newest attempt of this episode built on. */
function lastGroundOf(facts: Facts): Groundwork {
  const before = highestClaim(facts)?.fact;
  return before === undefined || before === "unreadable" || !sameEpisode(facts) ? {} : groundworkOf(before);
}

/** What the next attempt builds on: the plan that its cause approves, or what the last one built on, as far as it holds. */
export function groundOf(facts: Facts, settlement: Settlement, cause: string): Groundwork {
  const review = isUnderReview(facts, settlement) ? reviewToAnswer(facts) : undefined;
  const continues = continuationOf(facts, review);
  if (continues !== undefined) return { continues };
  const outcome = settlement.kind === "settled" ? settlement.outcome : undefined;
  const approval = outcome === "planned" ? unspentApproval(facts) : undefined;
  if (approval?.kind === "approved" && cause === approvalCause(facts)) return { plan: approval.plan };
  // A plan that was carried out and merged is in the base already: if production still fails, it was not enough.
  if (facts.pullRequest?.state === "merged") return {};
  const { plan } = lastGroundOf(facts);
  return plan !== undefined && planOf(facts, plan.attempt)?.sha256 === plan.sha256 ? { plan } : {};
}

/** What a claim names as its cause where a plan was approved. */
export const approvalCause = ({ incident }: Facts): string | undefined => {
  const event = incident.issue.commands.find(({ command }) => command === "approved");
  return event && `label/${event.eventId}`;
};
