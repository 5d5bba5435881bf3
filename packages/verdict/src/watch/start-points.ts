import { BUCKETS_PER_HOUR } from "../rule.ts";
import { WATCH } from "./watch-rule.ts";

/** A bucket with which a return may have begun. */
export type StartPoint = {
  readonly at: number;
  /** What its beginning there has beforehand, of 1 in 90 days. */
  readonly weight: number;
  /** The same where a return has to be distinguished from what was left from the first bucket on. */
  readonly soon: number;
};

/**
 * The start points of so many buckets, in order: one an hour, and one with each release, which ends none of the
 * others. Restarting at each release would forget a slow return where releases are frequent. All weights of 90 days
 * add up to 1 at most.
 *
 * @param releases buckets in which a release was first seen; those outside are left out
 */
export function weighStarts(length: number, releases: readonly number[]): readonly StartPoint[] {
  const hourly = (1 - WATCH.ofReleases) / WATCH.hours;
  const hours = Math.min(WATCH.hours, Math.ceil(length / BUCKETS_PER_HOUR));
  const regular = Array.from({ length: hours }, (_, hour) => ({
    at: hour * BUCKETS_PER_HOUR,
    weight: hourly,
    soon: weighSoon(hour),
  }));
  const extra = [...new Set(releases)]
    .filter((at) => at >= 0 && at < length)
    .sort((a, b) => a - b)
    .map((at, index) => ({ at, weight: WATCH.ofReleases / ((index + 1) * (index + 2)), soon: 0 }));
  return [...regular, ...extra].sort((a, b) => a.at - b.at);
}

/** Mostly h / (h + 24) of them begin within h hours; the others are spread over all 90 days. */
export const weighSoon = (hour: number): number =>
  (WATCH.soon.share * WATCH.soon.halfHours) /
    ((hour + WATCH.soon.halfHours) * (hour + 1 + WATCH.soon.halfHours)) +
  (1 - WATCH.soon.share) / WATCH.hours;
