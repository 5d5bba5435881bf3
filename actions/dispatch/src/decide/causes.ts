import type { AttemptOutcome } from "@patchpilot/incident";
import type { Commands } from "./commands.ts";
import type { NewestAttempt } from "./newest-attempt.ts";

/** Outcomes that nobody asked for: the next attempt takes `retry` in `allow`. */
export const UNASKED: readonly AttemptOutcome[] = ["failed", "no-change", "failing"];
const RETRIED: readonly AttemptOutcome[] = [...UNASKED, "replaced"];

/** What may open the next attempt of an incident, beside the outcome of the last one. */
type News = {
  readonly commands: Commands;
  /** The cause that an approved plan makes; it counts if the last attempt ended with a plan. */
  readonly approval: string | undefined;
  /** The cause that an answer, or a word on a plan, makes; it counts if the last attempt waits for it. */
  readonly reply: string | undefined;
  /** The cause that a change request makes; it counts if the last attempt ended with one. */
  readonly review: string | undefined;
  /** The cause that red checks make; it counts if the last attempt ended with them. */
  readonly checks: string | undefined;
  /** The merge commit of the last attempt, if production shows that it did not help. */
  readonly failing: string | undefined;
  readonly episode: number;
  /** How many attempts this episode has had. */
  readonly attempts: number;
  readonly mayRetry: boolean;
};

export type Cause = {
  /** Empty if there is none. */
  readonly cause: string;
  /** An outcome would open an attempt, if `allow` held `retry`. */
  readonly isHeldBack: boolean;
};

/**
 * Finds the strongest cause that no claim names yet. Acceptance, and the label that vouches for it, open the first
 * attempt of an episode; after that it takes somebody's word, or an outcome if `retry` is allowed. Pure.
 */
export function findCause(newest: NewestAttempt, news: News, isNew: (cause: string) => boolean): Cause {
  const { attempt, outcome, ending, isCurrent } = newest;
  const { commands, approval, reply, review, checks, failing, attempts } = news;
  const isUnspent = (cause: string | undefined): cause is string => cause !== undefined && isNew(cause);
  const isForPeople = ending === "asked" || ending === "reported";
  const isRetried = outcome !== undefined && RETRIED.includes(outcome) && isCurrent && !isForPeople;
  const outcomes = [
    failing === undefined ? undefined : `failing/a${attempt}/${failing}`,
    isRetried ? `outcome/a${attempt}` : undefined,
  ].filter(isUnspent);
  const isAllowed = news.mayRetry || outcome === "replaced" || attempts === 0;
  const cause = [
    commands.retry,
    outcome === "planned" ? approval : undefined,
    reply,
    outcome === "changes-requested" ? review : undefined,
    ending === "red-checks" ? checks : undefined,
    ...(isAllowed ? outcomes : []),
    ...(attempts === 0 ? [commands.takeOn, `acceptance/e${news.episode}`] : []),
  ].find(isUnspent);
  return { cause: cause ?? "", isHeldBack: cause === undefined && outcomes.length > 0 };
}
