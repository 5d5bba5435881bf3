import { createHash } from "node:crypto";
import { attemptKey, type Groundwork, PLAN_LIMIT, readPlanSection } from "@patchpilot/incident";
import type { Facts } from "./facts.ts";

/** A person's approval of the plan of the highest attempt, or why it is none. */
export type Approval =
  | { readonly kind: "none" }
  | { readonly kind: "approved"; readonly plan: NonNullable<Groundwork["plan"]>; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

/** The text of a plan whose comment nobody else edited and whose hash holds; undefined where there is none. Pure. */
export function planOf(facts: Facts, attempt: number): { text: string; sha256: string } | undefined {
  const stored = facts.incident.records.plans?.get(attempt);
  const text = stored === undefined ? undefined : readPlanSection(stored.body);
  if (stored === undefined || text === undefined) return undefined;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const key = attemptKey(facts.repositoryId, facts.incident.issue.number, attempt);
  return stored.data.sha256 === sha256 && stored.data.key === key ? { text, sha256 } : undefined;
}

/**
 * What the label `patchpilot:approved` on the issue is worth for the plan of one attempt: it counts from a person who
 * may write, set after the plan was last written, while nobody else has touched the plan. Pure.
 */
export function approvalOf(facts: Facts, attempt: number): Approval {
  const event = facts.incident.issue.commands.find(({ command }) => command === "approved");
  if (event === undefined) return { kind: "none" };
  const refused = (reason: string): Approval => ({ kind: "refused", reason });
  if (!facts.vouchedBy.approved)
    return refused("`patchpilot:approved` was set by somebody who may not write to this repository");
  const plan = planOf(facts, attempt);
  if (plan === undefined) return refused(`the plan of attempt ${attempt} was edited, or is gone`);
  const writtenAt = facts.incident.records.plans?.get(attempt)?.writtenAt ?? "";
  // GitHub's clock tells whole seconds: of the same one nobody knows which came first, and no person reads so fast.
  if (!(Date.parse(event.at) > Date.parse(writtenAt)))
    return refused(`\`patchpilot:approved\` is older than the plan of attempt ${attempt}`);
  if (Buffer.byteLength(plan.text) > PLAN_LIMIT)
    return refused(`the plan of attempt ${attempt} is longer than ${PLAN_LIMIT} bytes`);
  return { kind: "approved", plan: { attempt, sha256: plan.sha256 }, text: plan.text };
}

/** The pull request that the next attempt goes on with, where a reviewer's change request is why there is one. Pure. */
export function continuationOf(facts: Facts, review: string | undefined): Groundwork["continues"] {
  const { pullRequest } = facts;
  if (review === undefined || pullRequest?.state !== "open") return undefined;
  const { branch, number, headOid: head } = pullRequest;
  return { branch, pullRequest: number, head, review };
}
