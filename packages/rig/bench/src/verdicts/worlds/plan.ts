import { BUCKET, BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Random } from "../draws.ts";
import type { Spawn } from "./spawn.ts";

/** A value of each bucket, counted from the deploy (negative before it), which begins at an instant. */
export type Curve = (bucket: number, at: number) => number;

/** How a world works, apart from rate and residue. What is left out is plain: steady, counted, gone at the deploy. */
export type Plan = {
  /** Instant of the deploy; absent: any five minutes of a week. */
  readonly deployAt?: number;
  /** Bucket of the first error, counted from the deploy; absent: it is older than the week before. */
  readonly onset?: number;
  /** Traffic of the operation that fails; its usual mean is 1. */
  readonly operation?: Curve;
  /** Traffic of the rest of the project; absent: nine times as much. */
  readonly rest?: Curve;
  /** Errors per unit of the operation's traffic; its usual mean is 1. */
  readonly risk?: Curve;
  readonly spawn?: Spawn;
  /** Share of the operation's traffic, and of the rest, from clients without the fix, since the deploy; absent: none. */
  readonly oldShare?: Curve;
  readonly restOldShare?: Curve;
  /** Which of them name their release; absent: both. */
  readonly named?: { readonly events: boolean; readonly traffic: boolean };
  /** The narrowest traffic that is counted; absent: the operation's. */
  readonly counted?: "operation" | "project" | "nothing";
  /** What is counted of a unit of traffic; NaN: not known. */
  readonly tell?: Curve;
  /** Share of the buckets with an error whose traffic is not known. */
  readonly lostWithErrors?: number;
  /** Share of the traffic that is sampled, which the count does not make up for. */
  readonly sampled?: Curve;
  /** Bucket of one last error of a client without the fix. */
  readonly straggler?: number;
  /** Share of all errors that are not stored, and why. */
  readonly dropped?: { readonly share: Curve; readonly as: "rateLimited" | "discarded" };
  /** Buckets by which errors are late. */
  readonly lateness?: Curve;
  /** Buckets of earlier deployments, counted from the deploy; absent: now and then one that changes nothing. */
  readonly deploys?: readonly number[];
};

export const DAY_BUCKETS = 24 * BUCKETS_PER_HOUR;
export const BUCKETS_BEFORE = 7 * DAY_BUCKETS;
/** As long as a rule may take that waits for hours in which errors used to come. */
export const BUCKETS_AFTER = 10 * DAY_BUCKETS;
export const BUCKETS = BUCKETS_BEFORE + BUCKETS_AFTER;

/** The midnight that began a Monday. */
export const MONDAY = Date.UTC(2026, 2, 2);

/** An instant of the week: day 0 is Monday. */
export const inWeek = (day: number, hour: number): number =>
  MONDAY + (day * DAY_BUCKETS + hour * BUCKETS_PER_HOUR) * BUCKET;

export const anyDayAt = (hour: number, random: Random): number => inWeek(Math.floor(random() * 7), hour);

export const anyInstant = (random: Random): number => MONDAY + Math.floor(random() * BUCKETS_BEFORE) * BUCKET;

/** Hours as buckets. */
export const hours = (count: number): number => Math.round(count * BUCKETS_PER_HOUR);

/** The curve of values of all buckets of a world. */
export const curveFrom =
  (values: readonly number[]): Curve =>
  (bucket) =>
    values[bucket + BUCKETS_BEFORE] ?? 0;

/** A curve that one value follows until the deploy, another from it on. */
export const stepAtDeploy =
  (before: number, since: number): Curve =>
  (bucket) =>
    bucket < 0 ? before : since;
