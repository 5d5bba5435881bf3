import type { FoundCommit, Holding } from "@patchpilot/github";
import { DAY } from "@patchpilot/time";
import type { DeploymentFact, Fix } from "../../facts.ts";
import { capitalise, describeCommit, nameMerge } from "../../words.ts";
import type { ProductionHistory } from "../sources.ts";

/** A revert is somebody's decision, and a likely cherry-pick a question: both can be answered within a day. */
const ANSWER_MS = DAY;

/**
 * Says what the history of the live commit shows of the fix: that it was reverted, that it is there under another name, or
 * that somebody has to look at a commit to tell. Everything else stays as it is. Pure.
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
  if (fix.kind !== "merged" || holding === undefined) return deployment;
  const { pick, revert, suspect } = holding;
  if (deployment.state === "live")
    return holding.holds && pick ? { ...deployment, pick: nameFound(pick) } : deployment;
  if (isOnItsWay(deployment)) return deployment;
  if (revert !== undefined)
    return {
      state: "reverted",
      sha,
      detail: `${capitalise(nameMerge(fix))} was reverted by ${nameFound(revert)} and is no longer in production (${describeCommit(sha)} is live).`,
      until: Date.parse(revert.at) + ANSWER_MS,
    };
  if (suspect === undefined) return deployment;
  const what =
    suspect.as === "revert"
      ? `${nameFound(suspect)} in its history may have taken it out.`
      : `${nameFound(suspect)} in its history may be ${describeCommit(fix.commit)} on another branch, but changes something else or cannot be compared.`;
  return {
    state: "suspected",
    sha,
    detail: `It is unclear whether the live commit ${describeCommit(sha)} has ${nameMerge(fix)}: ${what}`,
    until: fix.at + ANSWER_MS,
  };
}

const nameFound = ({ oid, pull, branch }: FoundCommit): string => {
  const where = [...(pull === null ? [] : [`#${pull}`]), ...(branch === null ? [] : [`into ${branch}`])];
  return where.length === 0 ? describeCommit(oid) : `${describeCommit(oid)} (${where.join(" ")})`;
};

/** The next deployment brings the fix. */
const isOnItsWay = ({ state }: DeploymentFact): boolean =>
  state === "pending" || state === "staged" || state === "failed";
