import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { findError, findQuiet, type Rival } from "./rival.ts";

const DAY = 24 * BUCKETS_PER_HOUR;

/** Half an hour without an error is a recovery: what PatchPilot's predecessor did. */
export const thirtyQuietMinutes: Rival = {
  name: "30 quiet minutes",
  rule: "recovered after 30 min without an error; the next error is a relapse",
  recoveredAfter: ({ since }) => findQuiet(since, BUCKETS_PER_HOUR / 2),
  backAfter: ({ since }, closedAfter) => findError(since, closedAfter),
};

const DAYS_TO_RESOLVE = 7;

/** Sentry's auto-resolve, set to a week: a project may set an hour to 30 days, and it is off unless it does. */
export const sentryAutoResolve: Rival = {
  name: "Sentry's auto-resolve",
  rule: `resolved after ${DAYS_TO_RESOLVE} days without an error; the next error is a regression`,
  recoveredAfter: ({ since }) => findQuiet(since, DAYS_TO_RESOLVE * DAY),
  backAfter: ({ since }, closedAfter) => findError(since, closedAfter),
};

/** As many errors as must have been due for silence to mean something: exp(-3) is 5 %. */
const DUE = 3;

/** A window sized by the issue's own rate: silent for as long as used to bring three errors. */
export const windowByRate: Rival = {
  name: "window by the issue's rate",
  rule: `recovered after a silence that used to bring ${DUE} errors, an hour at least; the next error is a relapse`,
  recoveredAfter: ({ before, since }) => {
    const perBucket = before.reduce((sum, count) => sum + count, 0) / before.length;
    if (!(perBucket > 0)) return null;
    return findQuiet(since, Math.max(BUCKETS_PER_HOUR, Math.ceil(DUE / perBucket)));
  },
  backAfter: ({ since }, closedAfter) => findError(since, closedAfter),
};
