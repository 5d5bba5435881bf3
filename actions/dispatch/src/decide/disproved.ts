import type { Incident } from "@patchpilot/incident";
import type { Claim } from "@patchpilot/ledger";
import { claimFactOf } from "./claims.ts";

/** The merge commit of an attempt that a verdict disproves, if it asks for another attempt. */
export function findDisproved(
  { records, episode }: Incident,
  attempt: Claim | undefined,
): string | undefined {
  const recovery = records.recoveries.get(episode)?.data;
  if (recovery?.decision !== "retry" || recovery.attempt === undefined) return undefined;
  return listNames(attempt).includes(recovery.attempt) ? recovery.mergeCommit : undefined;
}

/** The attempts that a verdict on one may name: a pull request is known by its branch, which an earlier one made. */
function listNames(claim: Claim | undefined): number[] {
  if (claim === undefined) return [];
  const branch = claimFactOf(claim)?.continues?.branch;
  const [, opened] = /-a([1-9]\d{0,4})$/.exec(branch ?? "") ?? [];
  return [claim.attempt, ...(opened === undefined ? [] : [Number(opened)])];
}
