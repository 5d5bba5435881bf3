import { attemptKey, type Incident } from "@patchpilot/incident";
import type { Claim, Gate } from "@patchpilot/ledger";
import type { DispatchFacts } from "../facts.ts";
import { claimFactOf } from "./claims.ts";
import type { ClosedGate, Settled } from "./settle.ts";

/** An attempt that another one follows, though its record says no outcome. */
type Unrecorded = { readonly attempt: number; readonly key: string };

/**
 * Attempts of the running episode, but for the newest, whose end no record says: when they ended, the issue could not be
 * written. Pure.
 */
export const findUnrecorded = (
  { number, episode, records }: Incident,
  claims: readonly Claim[],
  repositoryId: number,
): Unrecorded[] =>
  claims
    .slice(0, -1)
    .filter((claim) => claimFactOf(claim)?.episode === episode)
    .filter(({ attempt }) => records.attempts.get(attempt)?.data.outcome === undefined)
    .map(({ attempt }) => ({ attempt, key: attemptKey(repositoryId, number, attempt) }));

/** Those of many incidents: the keys of their gates, and which have ended once these are read. */
export function lookForUnrecorded(
  incidents: readonly Incident[],
  claims: ReadonlyMap<number, readonly Claim[]>,
  repositoryId: number,
) {
  const find = (one: Incident) => findUnrecorded(one, claims.get(one.number) ?? [], repositoryId);
  return {
    keys: incidents.flatMap((one) => find(one).map(({ key }) => key)),
    pick: (one: Incident, gates: ReadonlyMap<string, Gate>) => pickEnded(find(one), gates),
  };
}

/** Those of them whose gates are closed, with the gates. */
export const pickEnded = (
  unrecorded: readonly Unrecorded[],
  gates: ReadonlyMap<string, Gate>,
): NonNullable<DispatchFacts["unrecorded"]> =>
  unrecorded.flatMap(({ attempt, key }) => {
    const gate = gates.get(key);
    return gate?.state === "present" && gate.fact.state === "closed" ? [{ attempt, gate: gate.fact }] : [];
  });

/** The incident as it was when that attempt was the newest, and had just ended. Pure. */
export function goBackTo(facts: DispatchFacts, attempt: number, gate: ClosedGate): Settled {
  const { incident, claims, repositoryId, vouchedBy } = facts;
  const own = claims.filter((claim) => claim.attempt <= attempt);
  return {
    facts: {
      ...{ incident, repositoryId, vouchedBy, claims: own, runs: [], pullRequest: undefined },
      gate: { state: "present", oid: "", fact: gate },
    },
    settlement: { kind: "settled", outcome: gate.outcome, gate },
  };
}
