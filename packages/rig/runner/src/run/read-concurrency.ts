import { child } from "@patchpilot/workflow";
import { isMapping, type TemplateToken } from "@patchpilot/workflow/github-parser";
import { type ExpressionScope, evaluateText } from "../expression/evaluate.ts";
import type { ConcurrencyRequest } from "./concurrency.ts";

/** A group with how a request behaves in it. */
export type ConcurrencySetting = Omit<ConcurrencyRequest, "cancel">;

/**
 * Evaluates a `concurrency:` value: a group name, or a mapping. An empty group means none.
 * @throws Error where an expression turned out to combine `queue: max` with cancelling what is in progress
 */
export function readConcurrency(
  token: TemplateToken | undefined,
  scope: ExpressionScope,
): ConcurrencySetting | undefined {
  if (token === undefined) return undefined;
  const group = evaluateText(isMapping(token) ? child(token, "group") : token, scope);
  const cancelInProgress = evaluateText(child(token, "cancel-in-progress"), scope) === "true";
  const queue = evaluateText(child(token, "queue"), scope) === "max" ? "max" : "single";
  if (queue === "max" && cancelInProgress) {
    throw new Error("GitHub refuses `queue: max` together with `cancel-in-progress: true`.");
  }
  return group === "" ? undefined : { group, cancelInProgress, queue };
}

/** Why a group can never be had: the run that wants it holds it already. Group names are case-insensitive. */
export function findDeadlock({ group }: ConcurrencySetting, held: readonly string[]): string | undefined {
  if (!held.some((name) => name.toLowerCase() === group.toLowerCase())) return undefined;
  return `Canceling since a deadlock for concurrency group '${group}' was detected between the workflow and this job.`;
}
