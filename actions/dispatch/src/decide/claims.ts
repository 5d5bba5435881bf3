import { type AttemptEnding, type ClaimFact, type CommandEvent, usesUpAttempt } from "@patchpilot/incident";
import type { Claim } from "@patchpilot/ledger";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";

export const highestClaim = (facts: DispatchFacts): Claim | undefined => facts.claims.at(-1);

/** What the claim of an attempt says; undefined if there is none, or if PatchPilot did not write it. */
export const claimFactOf = (claim: Claim | undefined): ClaimFact | undefined =>
  claim?.fact === "unreadable" ? undefined : claim?.fact;

/** Whether a claim of the issue was opened, or sent again, for this cause. */
export const isSpent = ({ claims }: DispatchFacts, cause: string): boolean =>
  claims.some(({ fact }) => fact !== "unreadable" && (fact.cause === cause || fact.spends?.includes(cause)));

/** How the attempt of the highest claim ended beside its outcome, once its gate is closed. */
export const findEnding = ({ gate }: Pick<DispatchFacts, "gate">): AttemptEnding | undefined =>
  gate.state === "present" && gate.fact.state === "closed" ? gate.fact.ending : undefined;

type EpisodeAttempt = { readonly fact: ClaimFact; readonly ending: AttemptEnding | undefined };

/** The attempts of an episode, oldest first, with how they ended beside their outcomes: the claim after each says it. */
function listAttempts(facts: DispatchFacts, episode: number): EpisodeAttempt[] {
  const { claims } = facts;
  return claims.flatMap((claim, index): EpisodeAttempt[] => {
    const fact = claimFactOf(claim);
    if (fact?.episode !== episode) return [];
    const next = claims[index + 1];
    return [{ fact, ending: next === undefined ? findEnding(facts) : claimFactOf(next)?.after }];
  });
}

const listEndings = (facts: DispatchFacts, episode: number): (AttemptEnding | undefined)[] =>
  listAttempts(facts, episode).map(({ ending }) => ending);

/** What the attempts of the episode knew that were to turn checks green; one that was interrupted is none. */
export const listCiRepairs = (facts: DispatchFacts): { readonly red: string; readonly tree: string }[] =>
  listAttempts(facts, facts.incident.episode).flatMap(({ fact, ending }) =>
    ending === "interrupted" ? [] : (fact.continues?.checks ?? []),
  );

/** Attempts of an episode that count, by refs: comments may be deleted. What is nobody's fault uses up none. */
export const attemptsInEpisode = (facts: DispatchFacts, episode = facts.incident.episode): number =>
  listEndings(facts, episode).filter(usesUpAttempt).length;

/** How many of the newest attempts of an episode in a row were interrupted. */
export function countInterruptions(facts: DispatchFacts, episode = facts.incident.episode): number {
  const endings = listEndings(facts, episode);
  return endings.length - 1 - endings.findLastIndex((ending) => ending !== "interrupted");
}

/** So many interruptions in a row are no accident any more. */
export const MOST_INTERRUPTIONS = 2;

/** The cause that a run with `redispatch` names: the same for every attempt of the run, so it counts once. */
export const redispatchCause = (settings: DispatchSettings): string => `redispatch/${settings.run}`;

/** The cause of an attempt that somebody opens with a label. */
export const labelCause = ({ eventId }: CommandEvent): string => `label/${eventId}`;

/** The cause of an attempt that answers a reviewer. */
export const reviewCause = (review: string): string => `review/${review}`;
