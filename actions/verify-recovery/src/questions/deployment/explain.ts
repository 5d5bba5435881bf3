import type { DeploymentFact } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import type { FixHolding, NamedCommit } from "../sources.ts";

/**
 * What the history of the live commit adds to where a fix stands: that it was reverted, by which copy it is live, or which
 * commit somebody has to look at. A deployment that is under way with the fix matters more than that. Pure.
 *
 * @param holding of the live commit; absent: nothing is known of it
 */
export function explainHolding(located: DeploymentFact, holding: FixHolding | undefined): DeploymentFact {
  if (holding === undefined) return located;
  if (located.state === "live" && holding.state === "held" && holding.copy !== undefined) {
    return { ...located, copy: nameCommit(holding.copy) };
  }
  const isOpen = ["absent", "rolled-back", "unknown"].includes(located.state);
  if (!isOpen) return located;
  const { sha } = located;
  if (holding.state === "reverted") {
    const by = nameCommit(holding.by);
    return { state: "reverted", sha, detail: `The fix was reverted by ${by} and is not in production.` };
  }
  if (holding.state !== "unknown" || holding.suspected === undefined) return located;
  const { as, commit } = holding.suspected;
  return { state: "suspected", sha, detail: SUSPICIONS[as](nameCommit(commit)) };
}

const SUSPICIONS = {
  copy: (name: string) =>
    `Production does not run the fix itself. ${name} is live and may be a copy of it: it says so, but its changes differ or cannot be compared.`,
  revert: (name: string) => `The fix may have been taken out of production by ${name}.`,
} as const;

function nameCommit({ sha, pull, branch }: NamedCommit): string {
  const where = [...(pull === null ? [] : [`#${pull}`]), ...(branch === null ? [] : [`into ${branch}`])];
  return where.length === 0 ? describeCommit(sha) : `${describeCommit(sha)} (${where.join(" ")})`;
}
