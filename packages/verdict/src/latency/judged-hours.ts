import { DAY } from "@patchpilot/time";
import type { LatencyBucket } from "./latency-buckets.ts";
import { findLevelChange, findStretch } from "./onset.ts";

/**
 * The hours to judge are chosen by the data only where p95 jumped by half. Choosing by less finds the hours at which a
 * level that wanders happens to be high: at 10 % a day and 300 requests an hour that made 15 % of scans false alarms.
 */
const LEAST_JUMP = 1.5;

/** The hours of one operation around a window, and what is known of it beside them. */
export type ScannedHours = {
  /** Hour by hour and without gaps, oldest first, from before the window to its end. */
  readonly buckets: readonly LatencyBucket[];
  /** Beginning and end of the window, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** p95 of the baseline in milliseconds; null where there is none. */
  readonly baselineP95: number | null;
  readonly minChange: number;
  /** Requests that suffice to judge. */
  readonly minSamples: number;
};

/** The hours that are judged and those that they are compared with. */
export type JudgedHours = {
  /** The whole window, for people to see. */
  readonly window: readonly LatencyBucket[];
  /** The part of it that is judged. */
  readonly current: readonly LatencyBucket[];
  readonly baseline: readonly LatencyBucket[];
};

/**
 * Which hours to judge, and when it became slow. Where it became slow within the window, what came before in it says
 * nothing of now; where it did before the window, what came since is no baseline. Both only where enough is left to judge
 * by: the samples, a day of baseline. Pure.
 * @returns `breakpoint` in milliseconds since the epoch; null where it is not clear.
 */
export function chooseHours(scanned: ScannedHours): { hours: JudgedHours; breakpoint: number | null } {
  const { buckets, from, baselineP95, minChange } = scanned;
  const change = findLevelChange(buckets, from, minChange);
  const stretchFrom = (least: number): number | null =>
    baselineP95 === null ? null : findStretch(buckets, baselineP95, from, least);
  const since = change !== null && change.ratio >= LEAST_JUMP ? change.at : stretchFrom(LEAST_JUMP);
  return { hours: split(scanned, since), breakpoint: change?.at ?? stretchFrom(minChange) };
}

function split({ buckets, from, to, minSamples }: ScannedHours, since: number | null): JudgedHours {
  const window = buckets.filter(({ at }) => at >= from && at < to);
  const slow = window.filter(({ at }) => since === null || at >= since);
  const isEnough = slow.reduce((sum, { samples }) => sum + samples, 0) >= minSamples;
  const first = buckets[0]?.at ?? from;
  const isEarlier = since !== null && since < from && since - first >= DAY;
  return {
    window,
    current: isEnough ? slow : window,
    baseline: buckets.filter(({ at }) => at < (isEarlier ? since : from)),
  };
}
