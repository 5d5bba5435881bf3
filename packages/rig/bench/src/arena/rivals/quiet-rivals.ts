import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { findError, findQuiet, type Rival } from "./rival.ts";

const DAY = 24 * BUCKETS_PER_HOUR;

/**
 * Half an hour without an error is a recovery: what PatchPilot's predecessor did, a command line on a cron.
 * Source: docs/decisions/verdict.md, which says why it was given up.
 */
export const thirtyQuietMinutes: Rival = {
  name: "30 quiet minutes",
  rule: "recovered after 30 min without an error; the next error is a relapse",
  recoveredAfter: ({ since }) => findQuiet(since, BUCKETS_PER_HOUR / 2),
  backAfter: ({ since }, closedAfter) => findError(since, closedAfter),
};

const DAYS_TO_RESOLVE = 7;

/**
 * Sentry's auto-resolve, set to a week: a project may set 1 to 720 hours, and it is off unless one does. An error after it
 * makes the issue "regressed". Datadog's error tracking does the same after 14 days.
 * Sources: src/sentry/tasks/auto_resolve_issues.py in getsentry/sentry (what was last seen longer ago than
 * `sentry:resolve_age`); docs.sentry.io/product/issues/states-triage; docs.datadoghq.com/error_tracking/issue_states.
 */
export const sentryAutoResolve: Rival = {
  name: "Sentry's auto-resolve",
  rule: `resolved after ${DAYS_TO_RESOLVE} days without an error; the next error is a regression`,
  recoveredAfter: ({ since }) => findQuiet(since, DAYS_TO_RESOLVE * DAY),
  backAfter: ({ since }, closedAfter) => findError(since, closedAfter),
};

const DUE = 3;

/**
 * A window sized by the issue's own rate: silent for as long as used to bring three errors, which chance brings in 5 %.
 * Source: the rule of three, Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983).
 */
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
