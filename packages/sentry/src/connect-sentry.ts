import { type ConnectionOptions, openConnection, type SentryConnection } from "./connection.ts";
import { endpointRegressions, regressionBreakpoint } from "./endpoint-regressions.ts";
import { errorBuckets } from "./error-buckets.ts";
import { errorEnvironments } from "./error-environments.ts";
import { errorEvents } from "./error-events.ts";
import { errorsByRelease } from "./error-releases.ts";
import { errorsByTransaction } from "./error-transactions.ts";
import { getEvent } from "./events.ts";
import { sessionsByRelease, spansByRelease } from "./exposure.ts";
import { countIssueEvents } from "./issue-counts.ts";
import { getIssue, getIssues, getIssuesById, listIssues, resolveIssue, resolveShortId } from "./issues.ts";
import { addFirstReleases, listWholeIssues } from "./issues-from-lists.ts";
import { spansByTransaction } from "./operation-exposure.ts";
import { exceedingHours, operationHours } from "./operation-hours.ts";
import { operationReleases } from "./operation-releases.ts";
import { operationTable } from "./operation-table.ts";
import { otherErrors } from "./other-errors.ts";
import { errorOutcomes } from "./outcomes.ts";
import { getRelease, listReleases } from "./releases.ts";
import { countProjectErrors, listEnvironments, listProjects, readOrganization } from "./set-up.ts";

const QUESTIONS = {
  readOrganization,
  listProjects,
  listEnvironments,
  countErrors: countProjectErrors,
  getIssue,
  getIssues,
  getIssuesById,
  listWholeIssues,
  addFirstReleases,
  listIssues,
  resolveShortId,
  resolveIssue,
  getEvent,
  errorBuckets,
  errorEnvironments,
  errorEvents,
  errorsByRelease,
  errorOutcomes,
  otherErrors,
  countIssueEvents,
  errorsByTransaction,
  spansByRelease,
  spansByTransaction,
  sessionsByRelease,
  operationTable,
  operationHours,
  exceedingHours,
  operationReleases,
  endpointRegressions,
  regressionBreakpoint,
  getRelease,
  listReleases,
};

/** A function of this package with its connection filled in. */
type Bound<F> = F extends (connection: SentryConnection, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** One organization of one Sentry, ready to be asked. Every call throws HttpFailure, with the remedy by name. */
export type Sentry = {
  readonly [Name in keyof typeof QUESTIONS]: Bound<(typeof QUESTIONS)[Name]>;
};

/**
 * Connects to a Sentry; nothing is asked yet. The token goes to the configured host only, or to the region below it
 * that the organization's own record names.
 * @throws Error where the URL or the organization's slug cannot be one.
 */
export function connectSentry(options: ConnectionOptions): Sentry {
  const connection = openConnection(options);
  const bound = Object.entries<(connection: SentryConnection, ...rest: never[]) => unknown>(QUESTIONS).map(
    ([name, ask]) => [name, ask.bind(null, connection)],
  );
  return Object.fromEntries(bound);
}
