import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import {
  BUCKETS_PER_HOUR,
  isTrafficAlive,
  type LatencyBucket,
  summariseLatencyRecovery,
} from "@patchpilot/verdict";
import type { LatencyFact, TrafficFact, VerifySettings } from "../../facts.ts";
import type { SlowOperation } from "../case.ts";

/** Sentry is through with an hour a few minutes after its end. */
const INGESTION_MS = 5 * MINUTE;
/** Sentry keeps no span for longer; and a reply of so many hours still has room for several operations. */
const KEPT_MS = 90 * DAY;

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
  /** Hours of the operation, oldest first. */
  readonly buckets: readonly LatencyBucket[];
  /** When the fix went live, and from when on is counted: later, for a look back. */
  readonly anchor: number;
  readonly begin: number;
  readonly now: number;
  readonly settings: VerifySettings;
};

/** Reduces the hours of an operation to the numbers that the verdict uses. Pure. */
export function countLatency(counting: LatencyCounting): LatencyFact {
  const { operation, anchor, begin, now, settings } = counting;
  const { fastUntil, slowFrom, aboveMs, thresholdMs, minSamples } = operation;
  return {
    state: "counted",
    summary: summariseLatencyRecovery({
      before: fastUntil === null ? [] : hoursIn(counting, fastUntil - WEEK, floorHour(fastUntil)),
      slow: hoursIn(counting, slowFrom, floorHour(anchor)),
      since: hoursIn(counting, ceilHour(begin), now),
      aboveMs,
      thresholdMs,
      minSamples,
      hoursSinceDeploy: (now - begin) / HOUR,
      capHours: settings.capHours,
    }),
  };
}

/** Is the operation in use? Its own requests tell, against the same hours before the deploy. */
export function judgeOperationTraffic(counting: LatencyCounting): TrafficFact {
  const cut = ceilHour(counting.anchor);
  const baseline = perBucket(hoursIn(counting, cut - WEEK, cut));
  const alive = isTrafficAlive(baseline, perBucket(hoursIn(counting, cut, counting.now)));
  return { state: "counted", source: "spans", alive };
}

function hoursIn({ buckets }: LatencyCounting, from: number, until: number): LatencyBucket[] {
  return buckets.filter(({ at }) => at >= from && at + HOUR <= until);
}

function perBucket(hours: readonly LatencyBucket[]): number[] {
  return hours.flatMap(({ samples }) => new Array<number>(BUCKETS_PER_HOUR).fill(samples / BUCKETS_PER_HOUR));
}

const floorHour = (at: number) => Math.floor(at / HOUR) * HOUR;
const ceilHour = (at: number) => Math.ceil(at / HOUR) * HOUR;
