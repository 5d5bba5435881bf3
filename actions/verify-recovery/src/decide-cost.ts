import type { EventImpact, ImpactRecord } from "@patchpilot/incident";
import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import type { VerifyDecision } from "./facts.ts";
import type { VerifyCase } from "./questions/case.ts";
import type { TimeSpan } from "./questions/sources.ts";

/** Two windows of product events around a fix, each with as many hours of earlier weeks, when nothing was wrong yet. */
export type CostWindows = {
  readonly lasted: TimeSpan;
  /** Since the fix is live. */
  readonly since: TimeSpan;
  /** How many weeks earlier the baselines lie. */
  readonly weeks: number;
};

/** What an incident cost while it lasted, and what came back. */
export type IncidentCost = CostWindows & {
  readonly during: readonly EventImpact[];
  readonly after: readonly EventImpact[];
};

const GRAIN = 5 * MINUTE;
/** Events reach PostHog late. */
const INGESTION_DELAY = 5 * MINUTE;
/** Weeks of earlier traffic that are comparable at all. */
const MOST_WEEKS = 8;

const toGrain = (instant: number): number => Math.floor(instant / GRAIN) * GRAIN;

/**
 * The hours to count at a close: from the first error, a week at most, until production had the fix, and from then on.
 * Undefined where production's fix is not known, where less than an hour has passed, or where the error is so old
 * that no comparable week was without it. Pure.
 */
export function chooseCostWindows(
  { onset }: Pick<VerifyCase, "onset">,
  { numbers }: Pick<VerifyDecision, "numbers">,
): CostWindows | undefined {
  const { deployment } = numbers.facts;
  if (deployment?.state !== "live") return undefined;
  const fixed = toGrain(deployment.since);
  const now = toGrain(numbers.now - INGESTION_DELAY);
  const weeks = Math.ceil((now - toGrain(onset)) / WEEK);
  if (now - fixed < HOUR || weeks > MOST_WEEKS) return undefined;
  return {
    lasted: { from: Math.min(fixed - HOUR, Math.max(toGrain(onset), fixed - WEEK)), until: fixed },
    since: { from: Math.max(fixed, now - WEEK), until: now },
    weeks: Math.max(1, weeks),
  };
}

/** The same hours of an earlier week. */
export const shiftBack = ({ from, until }: TimeSpan, weeks: number): TimeSpan => ({
  from: from - weeks * WEEK,
  until: until - weeks * WEEK,
});

/** Names of the product events that an incident was counted by. */
export const nameEvents = ({ events }: ImpactRecord): string[] => events.map(({ event }) => event);
