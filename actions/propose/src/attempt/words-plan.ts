import { createHash } from "node:crypto";
import { cleanText } from "@patchpilot/evidence";
import { PLAN_LIMIT, plainPlan, planSection, type RepairResult } from "@patchpilot/incident";
import { budgetLine } from "../words/result.ts";

/** A plan as it stands on the issue, with the hash by which it is approved. */
export type PostedPlan = { readonly comment: string; readonly sha256: string };

const SHORTENED = "\n\n(The plan was longer; this is its beginning.)";

/**
 * The comment that asks for approval. The plan is an agent's words: cleaned, and in a fence, so that nothing in it
 * mentions, links or closes anything. The hash is that of the plan as people read it there. Pure.
 * @throws Error where the result has no plan
 */
export function planComment(attempt: number, result: RepairResult, secrets: readonly string[]): PostedPlan {
  if (result.plan === undefined) throw new Error("The result is a plan, but has no text of one.");
  const plan = fitPlan(cleanText(result.plan.text, { maxLength: PLAN_LIMIT, secrets }).text);
  if (plan === "") throw new Error("The plan is empty.");
  const sha256 = createHash("sha256").update(plan).digest("hex");
  const comment = [
    `### Plan of attempt ${attempt}`,
    "",
    planSection(plan),
    "",
    "Nothing is changed yet. To have this plan carried out, set the label `patchpilot:go-ahead` on this issue. It counts for this text alone: a plan that was edited is not carried out. For another plan, set `patchpilot:retry`, or say what is wrong with this one in a comment that begins with `/patchpilot amend` or `/patchpilot reject`.",
    "",
    `<sub>SHA-256 \`${sha256}\` · ${budgetLine(result)}</sub>`,
  ].join("\n");
  return { comment, sha256 };
}

/** A plan that reads back from its comment as it is: no line of it looks like the opening of its own section. */
function fitPlan(text: string): string {
  const plan = plainPlan(text.replace(/^(`{3,})plan$/gm, "$1 plan").replace(/^\n+/, ""));
  if (Buffer.byteLength(plan) <= PLAN_LIMIT) return plan;
  const room = PLAN_LIMIT - Buffer.byteLength(SHORTENED);
  const kept = new TextDecoder().decode(Buffer.from(plan).subarray(0, room)).replace(/\uFFFD+$/, "");
  return plainPlan(kept) + SHORTENED;
}
