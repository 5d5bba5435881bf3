import { type Groundwork, groundworkOf } from "@patchpilot/incident";
import { type Choice, skip } from "./choice.ts";
import { sameEpisode, unspentCommand } from "./commands.ts";
import type { Facts, Settings } from "./facts.ts";
import { type Approval, approvalOf, continuationOf, planOf } from "./ground.ts";
import { highestClaim, isSpent, type Settlement } from "./settle.ts";

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

/** A reviewer asked for changes, the attempt was closed for it, and before the next one began people went on. */
export function barredByPullRequest(
  facts: Facts,
  settlement: Settlement,
  settings: Settings,
): Choice | undefined {
  if (settlement.kind !== "settled" || settlement.outcome !== "changes-requested" || !sameEpisode(facts))
    return undefined;
  if (unspentCommand(facts, settings) !== undefined) return undefined;
  const { pullRequest, changeRequest } = facts;
  if (pullRequest?.state === "merged") return skip("verifying", "its pull request was merged by a person");
  if (pullRequest?.state !== "open")
    return skip("needs-human", "its pull request was closed after a reviewer had asked for changes", true);
  if (changeRequest === undefined)
    return skip(
      "needs-human",
      "the reviewer asks for changes no longer; merge its pull request or close it",
      true,
    );
  return changeRequest.isOthers
    ? skip("needs-human", "its branch has commits of a person: PatchPilot leaves it to people", true)
    : undefined;
}

/** What the next attempt builds on: the plan that its cause approves, or what the last one built on, as far as it holds. */
export function groundOf(facts: Facts, settlement: Settlement, cause: string): Groundwork {
  const before = highestClaim(facts)?.fact;
  const last =
    before === undefined || before === "unreadable" || !sameEpisode(facts) ? {} : groundworkOf(before);
  const outcome = settlement.kind === "settled" ? settlement.outcome : undefined;
  const review = outcome === "changes-requested" ? facts.changeRequest?.review : last.continues?.review;
  const continues = continuationOf(facts, review);
  if (continues !== undefined) return { continues };
  const approval = outcome === "planned" ? unspentApproval(facts) : undefined;
  if (approval?.kind === "approved" && cause === approvalCause(facts)) return { plan: approval.plan };
  const { plan } = last;
  return plan !== undefined && planOf(facts, plan.attempt)?.sha256 === plan.sha256 ? { plan } : {};
}

/** What a claim names as its cause where a plan was approved. */
export const approvalCause = ({ incident }: Facts): string | undefined => {
  const event = incident.issue.commands.find(({ command }) => command === "approved");
  return event && `label/${event.eventId}`;
};
