import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import {
  BUCKETS_PER_HOUR,
  type GateName,
  isTrafficAlive,
  type LatencyBucket,
  type LatencyRecoverySummary,
  summariseLatencyRecovery,
} from "@patchpilot/verdict";
import type { TrafficFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import type { SlowOperation } from "../case.ts";
import { isFast, keepOperationLedger } from "./ledger.ts";
import { isResampled } from "./sampling.ts";
import { type OperationReleases, separateHours } from "./separate.ts";

/** Sentry is through with an hour a few minutes after its end. */
const INGESTION_MS = 5 * MINUTE;
/** Sentry keeps no span for longer; and a reply of so many hours still has room for several operations. */
const KEPT_MS = 90 * DAY;

/** Less than this share of the usual requests counts as none. */
const LEAST_SHARE = 0.05;

/** Whole hours that are wanted of some operations: from a week before each was slow until now, as far as there are any. */
export function hoursWanted(operations: readonly SlowOperation[], now: number) {
  const from = Math.min(
    ...operations.map(({ fastUntil, slowFrom }) => Math.min(fastUntil ?? slowFrom, slowFrom)),
  );
  const until = floorHour(now - INGESTION_MS);
  return { from: Math.max(floorHour(from) - WEEK, until - KEPT_MS), until };
}

export type LatencyCounting = {
  readonly operation: SlowOperation;
  /** Hours of the operation, oldest first, and the share of its requests that is stored in each. */
  readonly buckets: readonly LatencyBucket[];
  readonly sampleRates?: readonly (number | null)[];
  /** When the fix went live, and from when on is counted: later, for a look back. */
  readonly anchor: number;
  readonly begin: number;
  readonly now: number;
  readonly settings: VerifySettings;
  /** Absent: not known. */
  readonly releases?: OperationReleases;
};

/**
 * Reduces the hours of an operation to the numbers that the verdict uses: those of the releases that hold the fix, where
 * releases tell. Pure.
 */
export function countLatency(counting: LatencyCounting): Pick<VerifyFacts, "latency" | "releases"> {
  const { releases, begin, anchor } = counting;
  const shut: GateName[] = isResampled(counting) ? ["sameSampling"] : [];
  const summarise = (hours: readonly LatencyBucket[]) => {
    const judged = hours.filter(({ at }) => at >= begin);
    return { ...summariseHours(counting, judged), shut };
  };
  const since = hoursIn(counting, ceilHour(anchor), counting.now);
  const all = summarise(since);
  const separated = releases && separateHours(since, releases);
  if (releases === undefined || separated === undefined)
    return { latency: { state: "counted", summary: all } };
  const [fixed, others] = [summarise(separated.fixed), summarise(separated.others)];
  if (separated.fixed.length === 0 && isFast(others) && !isSurelyOld(releases))
    return { latency: { state: "counted", summary: all } };
  const kept = keepOperationLedger({
    ...{ releases, separated, fixed, others },
    before: hoursIn(counting, 0, ceilHour(anchor)),
    slow: slowHours(counting),
    begin: ceilHour(anchor),
    until: (counting.buckets.at(-1)?.at ?? 0) + HOUR,
  });
  const beside = separated.others.length > 0 ? { all } : {};
  return { latency: { state: "counted", summary: fixed, ...beside }, ...(kept && { releases: kept }) };
}

/** A name may outlive a deployment: only its commit shows that a release does not hold the fix. */
const isSurelyOld = ({ placements }: OperationReleases): boolean =>
  [...placements.values()].some(({ by }) => by === "commit");

const slowHours = (counting: LatencyCounting): LatencyBucket[] =>
  hoursIn(counting, counting.operation.slowFrom, floorHour(counting.anchor));

function summariseHours(counting: LatencyCounting, since: readonly LatencyBucket[]): LatencyRecoverySummary {
  const { operation, begin, now, settings } = counting;
  const { fastUntil, aboveMs, thresholdMs, minSamples } = operation;
  return summariseLatencyRecovery({
    before: fastUntil === null ? [] : hoursIn(counting, fastUntil - WEEK, floorHour(fastUntil)),
    slow: slowHours(counting),
    since,
    aboveMs,
    thresholdMs,
    minSamples,
    hoursSinceDeploy: (now - begin) / HOUR,
    capHours: settings.capHours,
  });
}

/** Is the operation in use? Its own requests tell, against the same hours before the deploy. */
export function judgeOperationTraffic(counting: LatencyCounting): TrafficFact {
  const cut = ceilHour(counting.anchor);
  const baseline = perBucket(hoursIn(counting, cut - WEEK, cut));
  const alive = isTrafficAlive(baseline, perBucket(hoursIn(counting, cut, counting.now)));
  return { state: "counted", source: "spans", alive };
}

/** From when on it has hardly had a request, against the mean of the week before the deploy. */
export function findSilence(counting: LatencyCounting): number {
  const cut = ceilHour(counting.anchor);
  const week = hoursIn(counting, cut - WEEK, cut);
  const usual = week.reduce((sum, { samples }) => sum + samples, 0) / Math.max(1, week.length);
  const last = hoursIn(counting, cut, counting.now).findLast(({ samples }) => samples >= LEAST_SHARE * usual);
  return last === undefined ? cut : last.at + HOUR;
}

function hoursIn({ buckets }: LatencyCounting, from: number, until: number): LatencyBucket[] {
  return buckets.filter(({ at }) => at >= from && at + HOUR <= until);
}

function perBucket(hours: readonly LatencyBucket[]): number[] {
  return hours.flatMap(({ samples }) => new Array<number>(BUCKETS_PER_HOUR).fill(samples / BUCKETS_PER_HOUR));
}

export const floorHour = (at: number) => Math.floor(at / HOUR) * HOUR;
export const ceilHour = (at: number) => Math.ceil(at / HOUR) * HOUR;
