import type { ClaimFact, CommandEvent } from "@patchpilot/incident";
import type { Claim } from "@patchpilot/ledger";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";

export const highestClaim = (facts: DispatchFacts): Claim | undefined => facts.claims.at(-1);

/** What the claim of an attempt says; undefined if there is none, or if PatchPilot did not write it. */
export const claimFactOf = (claim: Claim | undefined): ClaimFact | undefined =>
  claim?.fact === "unreadable" ? undefined : claim?.fact;

/** Whether a claim of the issue was opened, or sent again, for this cause. */
export const isSpent = ({ claims }: DispatchFacts, cause: string): boolean =>
  claims.some(({ fact }) => fact !== "unreadable" && (fact.cause === cause || fact.spends?.includes(cause)));

/** Attempts of an episode, counted on refs: comments may be deleted. */
export function attemptsInEpisode({ claims, incident }: DispatchFacts, episode = incident.episode): number {
  return claims.filter(({ fact }) => fact !== "unreadable" && fact.episode === episode).length;
}

/** The cause that a run with `redispatch` names: the same for every attempt of the run, so it counts once. */
export const redispatchCause = (settings: DispatchSettings): string => `redispatch/${settings.run}`;

/** The cause of an attempt that somebody opens with a label. */
export const labelCause = ({ eventId }: CommandEvent): string => `label/${eventId}`;

/** The cause of an attempt that answers a reviewer. */
export const reviewCause = (review: string): string => `review/${review}`;
