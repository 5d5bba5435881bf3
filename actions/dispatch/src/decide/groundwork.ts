import { createHash } from "node:crypto";
import { attemptKey, type Groundwork, PLAN_LIMIT, readPlanSection } from "@patchpilot/incident";
import type { DispatchFacts } from "../facts.ts";
import type { ApprovalCommand } from "./commands.ts";
import type { NewestAttempt } from "./newest-attempt.ts";
import type { PendingChecks } from "./pending-checks.ts";
import type { PendingReview } from "./review.ts";

/** What `patchpilot:go-ahead`, or the comment that says the same, is worth for the plan of the newest attempt. */
export type Approval = {
  readonly approved?: { readonly cause: string; readonly plan: NonNullable<Groundwork["plan"]> };
  /** Why the label does not count; empty if it counts, or if no label waits for an attempt. */
  readonly fault: string;
};

/** Reads a plan whose comment nobody else edited and whose hash holds; undefined if there is none. Pure. */
export function readPlan(
  facts: DispatchFacts,
  attempt: number,
): { text: string; sha256: string } | undefined {
  const stored = facts.incident.records.plans.get(attempt);
  const text = stored === undefined ? undefined : readPlanSection(stored.body);
  if (stored === undefined || text === undefined) return undefined;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const key = attemptKey(facts.repositoryId, facts.incident.number, attempt);
  return stored.data.sha256 === sha256 && stored.data.key === key ? { text, sha256 } : undefined;
}

/**
 * Judges an approval that no claim names yet: it counts from somebody who may write, given after the
 * plan of the newest attempt was last written, while nobody else has touched the plan. Pure.
 */
export function judgeApproval(
  facts: DispatchFacts,
  command: ApprovalCommand | undefined,
  { attempt }: NewestAttempt,
): Approval {
  if (command === undefined || attempt === 0) return { fault: "" };
  const { given } = command;
  if (!command.mayWrite) return { fault: `${given} was set by someone who cannot write to this repository` };
  const plan = readPlan(facts, attempt);
  if (plan === undefined) return { fault: `the plan of attempt ${attempt} was edited, or is gone` };
  const writtenAt = facts.incident.records.plans.get(attempt)?.writtenAt ?? "";
  // GitHub's clock shows whole seconds: within one nobody knows which came first, and nobody reads so fast.
  if (!(Date.parse(command.at) > Date.parse(writtenAt)))
    return { fault: `${given} is older than the plan of attempt ${attempt}` };
  if (Buffer.byteLength(plan.text) > PLAN_LIMIT)
    return { fault: `the plan of attempt ${attempt} is longer than ${PLAN_LIMIT} bytes` };
  return { approved: { cause: command.cause, plan: { attempt, sha256: plan.sha256 } }, fault: "" };
}

/**
 * Lays what the next attempt builds on: a pull request under review or with red checks, the plan whose approval opens it, or the plan of
 * the last attempt if that still holds. Pure.
 */
export function layGround(
  facts: DispatchFacts,
  newest: NewestAttempt,
  why: {
    readonly cause: string;
    readonly review: PendingReview;
    readonly redChecks: PendingChecks;
    readonly approval: Approval;
  },
): Groundwork {
  const { review, redChecks, approval } = why;
  const { approved } = approval;
  const { pullRequest } = facts;
  if (pullRequest?.state === "open") {
    const { branch, number, headOid: head } = pullRequest;
    const place = { branch, pullRequest: number, head };
    if (review.isDue && review.answer !== undefined)
      return { continues: { ...place, review: review.answer } };
    if (redChecks.isDue && redChecks.answer !== undefined) {
      const { red, tree } = redChecks.answer;
      return { continues: { ...place, review: "", checks: { red, tree } } };
    }
  }
  if (newest.outcome === "planned" && approved?.cause === why.cause) return { plan: approved.plan };
  // A plan that was carried out and merged is in the base already: if production still fails, it was not enough.
  if (pullRequest?.state === "merged") return {};
  const { plan } = newest.ground;
  return plan !== undefined && readPlan(facts, plan.attempt)?.sha256 === plan.sha256 ? { plan } : {};
}
