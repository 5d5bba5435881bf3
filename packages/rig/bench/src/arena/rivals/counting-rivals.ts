import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { type Rival, sumUp } from "./rival.ts";
import { addCount, compareTallies, emptyTally, tallyCounts } from "./tally-ranks.ts";

const DAY = 24 * BUCKETS_PER_HOUR;
const LEFT = 0.1;

/** Errors a day before the deploy. */
const perDay = (before: readonly number[]): number =>
  (before.reduce((sum, count) => sum + count, 0) / before.length) * DAY;

/**
 * A day's count against the days before: at most a tenth is a recovery, more than a tenth later a relapse.
 * Source: a day is the shortest `statsPeriod` whose counts Sentry's list of issues gives
 * (docs.sentry.io/api/events/list-a-projects-issues). No product names the tenth; it is this bench's.
 */
export const dayCount: Rival = {
  name: "24-hour count",
  rule: "recovered at the end of a day with at most 10 % of a day's errors before; a later day with more is a relapse",
  recoveredAfter: ({ before, since }) => {
    const sums = sumUp(since);
    const most = LEFT * perDay(before);
    for (let end = DAY; end <= since.length; end += DAY)
      if ((sums[end] ?? 0) - (sums[end - DAY] ?? 0) <= most) return end;
    return null;
  },
  backAfter: ({ before, since }, closedAfter) => {
    const sums = sumUp(since);
    const most = LEFT * perDay(before);
    for (let end = closedAfter + DAY; end <= since.length; end += DAY)
      if ((sums[end] ?? 0) - (sums[end - DAY] ?? 0) > most) return end;
    return null;
  },
};

/** Of a confidence of 98 % that has two sides. */
const Z = 2.326;

/**
 * Mann and Whitney's test on five-minute counts, asked again every hour: fewer than before is a recovery, more in the
 * last day than between deploy and close a relapse.
 * Source: Kayenta's judge of canaries, NetflixACAJudge.scala and MannWhitneyClassifier.scala in spinnaker/kayenta. Its
 * tolerance, a quarter of the estimated shift, is left out: most buckets are empty, and then that estimate is zero.
 */
export const rankTest: Rival = {
  name: "Mann-Whitney",
  rule: "recovered once five-minute counts are lower than before the deploy (p < .01, asked every hour); a day with higher ones than before the close is a relapse",
  recoveredAfter: ({ before, since }) => {
    const earlier = tallyCounts(before);
    const later = emptyTally();
    for (let i = 0; i < since.length; i++) {
      addCount(later, since[i] ?? 0);
      if ((i + 1) % BUCKETS_PER_HOUR === 0 && compareTallies(earlier, later) < -Z) return i + 1;
    }
    return null;
  },
  backAfter: ({ since }, closedAfter) => {
    const quiet = tallyCounts(since.slice(0, closedAfter));
    const day = emptyTally();
    for (let i = closedAfter; i < since.length; i++) {
      addCount(day, since[i] ?? 0);
      if (i - DAY >= closedAfter) addCount(day, since[i - DAY] ?? 0, -1);
      if ((i + 1 - closedAfter) % BUCKETS_PER_HOUR === 0 && compareTallies(quiet, day) > Z) return i + 1;
    }
    return null;
  },
};
