import type { Holding } from "@patchpilot/github";
import { DAY } from "@patchpilot/time";
import type { DeploymentFact, Fix } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import type { ProductionHistory } from "../sources.ts";

/** A revert is somebody's decision, and a likely cherry-pick a question: both can be answered within a day. */
const ANSWER_MS = DAY;

/**
 * Says why the live commit lacks the fix, if its history shows it: the fix was reverted, or it may be there under
 * another name. Everything else stays as it is. Pure.
 *
 * @param holdings what is known of the fix, by commit
 */
export function explainDeployment(
  deployment: DeploymentFact,
  fix: Fix,
  { history }: ProductionHistory,
  holdings: ReadonlyMap<string, Holding> | undefined,
): DeploymentFact {
  const sha = history[0]?.sha ?? null;
  const holding = sha === null ? undefined : holdings?.get(sha);
  if (fix.kind !== "merged" || holding === undefined || isOnItsWay(deployment)) return deployment;
  const { revert, suspect } = holding;
  if (revert !== undefined)
    return {
      state: "reverted",
      sha,
      detail: `The fix was reverted by ${describeCommit(revert.oid)} and is no longer in production (${describeCommit(sha)} is live).`,
      until: Date.parse(revert.at) + ANSWER_MS,
    };
  if (suspect !== undefined)
    return {
      state: "unknown",
      sha,
      detail: `It cannot be told whether the live commit ${describeCommit(sha)} has the fix: ${describeCommit(suspect)} in its history looks like ${describeCommit(fix.commit)} picked to another branch, but changes something else.`,
      until: fix.at + ANSWER_MS,
    };
  return deployment;
}

/** The fix is there, or the next deployment brings it. */
const isOnItsWay = ({ state }: DeploymentFact): boolean =>
  state === "live" || state === "pending" || state === "staged" || state === "failed";
