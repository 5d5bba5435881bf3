import type { DeploymentFact } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import type { FixHolding, HistoryMark, HoldingState } from "../sources.ts";

/**
 * What the history of the live commit adds to where a fix stands: that it was reverted, by which copy it is live, or which
 * commit somebody has to look at. A deployment that is under way with the fix matters more than that. Pure.
 *
 * @param holding of the live commit; absent: nothing is known of it
 */
export function explainHolding(located: DeploymentFact, holding: FixHolding | undefined): DeploymentFact {
  if (holding?.by === undefined) return located;
  const { state, by } = holding;
  const name = nameCommit(by);
  if (located.state === "live") return state === "held" ? { ...located, copy: name } : located;
  if (!["absent", "rolled-back", "unknown"].includes(located.state) || state === "held") return located;
  const { sha } = located;
  return state === "reverted"
    ? { state, sha, detail: `The fix was reverted by ${name} and is not in production.` }
    : { state: "suspected", sha, detail: describeSuspicion(state, name) };
}

const describeSuspicion = (state: HoldingState, name: string): string =>
  state === "perhaps-held"
    ? `Production does not run the fix itself. ${name} is live and may be a copy of it, but its changes differ or cannot be compared.`
    : `The fix may have been taken out of production by ${name}.`;

function nameCommit({ sha, pull, branch }: HistoryMark): string {
  const where = [...(pull === null ? [] : [`#${pull}`]), ...(branch === null ? [] : [`into ${branch}`])];
  return where.length === 0 ? describeCommit(sha) : `${describeCommit(sha)} (${where.join(" ")})`;
}
