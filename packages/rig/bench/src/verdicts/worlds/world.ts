import type { Random } from "../draws.ts";
import type { Plan } from "./plan.ts";

/** A value of each five-minute bucket. */
type Buckets = readonly number[];

/** Counts by what the client said its release was: before the fix, with it, nothing. */
export type ByRelease = {
  readonly old: Buckets;
  readonly new: Buckets;
  readonly none: Buckets;
};

/** What became of the error events that the project's clients had to send, by bucket. */
export type SensorOutcomes = {
  readonly accepted: Buckets;
  readonly filtered: Buckets;
  readonly rateLimited: Buckets;
  readonly discarded: Buckets;
};

/**
 * One incident and everything about it that could be asked, a week before a deploy and ten days after it. All arrays are
 * of the same five-minute buckets.
 */
export type World = {
  /** Instant of the first bucket, in milliseconds since the epoch. */
  readonly start: number;
  /** The first bucket after the deploy. */
  readonly deploy: number;
  /** The bucket of the first error; null: it is older than the first bucket. */
  readonly onset: number | null;
  /** The errors that were stored, in the buckets in which they happened. */
  readonly events: ByRelease;
  /** Buckets that pass before the errors of the bucket can be seen, those of other issues too. */
  readonly lateness: Buckets;
  /** What is counted of the project's traffic, and of the operation that fails; NaN: not known; null: not counted. */
  readonly traffic: { readonly project: ByRelease | null; readonly operation: ByRelease | null };
  /** The project's other errors that were stored. */
  readonly others: Buckets;
  readonly outcomes: SensorOutcomes;
  /** Share of errors and of traffic that clients send, by bucket. */
  readonly sampleRates: { readonly errors: Buckets; readonly traffic: Buckets };
  /** Buckets in which earlier deployments went live, oldest first. */
  readonly deploys: Buckets;
};

/** Errors an hour in the usual traffic, and the share of them that clients with the fix still have. */
export type Setting = { readonly perHour: number; readonly residue: number };

/**
 * promise: nothing fixed is called recovered in at most .5 % of trials, half left 5 %, a quarter left 15 %, and a
 * complete fix failing in .5 %. abstain: nothing fixed in at most 1 %. print: nothing is promised.
 */
export type WorldClaim = "promise" | "abstain" | "print";

export type WorldKind = {
  /** What it is, for people; no two kinds share it. */
  readonly name: string;
  readonly claim: WorldClaim;
  /** Residues whose figure is only printed, although the others are promised. */
  readonly printed?: Buckets;
  /** Silence is no fault here, even where all of it is fixed. */
  readonly mayAbstain?: boolean;
  /** Share of the errors that production keeps, of a residue in clients with the fix; absent: the residue. */
  readonly leftInProduction?: (residue: number) => number;
  readonly plan: (random: Random) => Plan;
};

/** Errors an hour at which every world is played. */
export const WORLD_RATES = [0.1, 0.2, 0.5, 1, 5, 50] as const;
