import { DAY } from "@patchpilot/time";
import type { EvidenceHours } from "./hours.ts";
import { BUCKET, BUCKETS_PER_DAY, RULE } from "./rule.ts";

/**
 * The working days, where the baseline is of these alone: the silence of a first weekend may be a weekend's. Days are
 * UTC's, as they are where the errors show their hours.
 *
 * @param exposure before the deploy, by bucket
 * @param anchor instant of the deploy
 * @returns null: a weekend was seen, or the baseline says nothing of days
 */
export function findUnseenWeekend(
  exposure: readonly number[],
  anchor: number | undefined,
): EvidenceHours | null {
  const { length } = exposure;
  if (anchor === undefined || length < BUCKETS_PER_DAY || length >= RULE.rest.seenBuckets) return null;
  const seen = exposure.filter((x, i) => !Number.isNaN(x) && isWeekend(anchor - (length - i) * BUCKET));
  if (seen.length >= BUCKETS_PER_DAY / 2) return null;
  const midnight = Math.ceil(anchor / DAY) * DAY;
  return {
    start: Math.round((midnight - anchor) / BUCKET),
    length: BUCKETS_PER_DAY,
    days: Array.from({ length: 7 }, (_, day) => (isWeekend(midnight + day * DAY) ? "unseen" : "errors")),
    phi: 1,
    unseen: true,
  };
}

const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());
