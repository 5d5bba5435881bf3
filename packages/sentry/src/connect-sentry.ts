import { type ConnectionOptions, openConnection, type SentryConnection } from "./connection.ts";
import { endpointRegressions, regressionBreakpoint } from "./endpoint-regressions.ts";
import { errorBuckets } from "./error-buckets.ts";
import { errorEvents } from "./error-events.ts";
import { errorsByRelease } from "./error-releases.ts";
import { getEvent, listIssueEvents } from "./events.ts";
import { sessionsByRelease, spansByRelease } from "./exposure.ts";
import { getIssue, getIssues, listIssues, resolveIssue, resolveShortId } from "./issues.ts";
import { exceedingHours, operationHours } from "./operation-hours.ts";
import { operationTable } from "./operation-table.ts";
import { firstReleasesWith, getRelease, listReleases, releaseCommits, releaseDeploys } from "./releases.ts";
import { countProjectErrors, listEnvironments, listProjects, readOrganization } from "./set-up.ts";

/** A function of this package with its connection filled in. */
type Bound<F> = F extends (connection: SentryConnection, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** One organization of one Sentry, ready to be asked. Every call throws HttpFailure, with the remedy by name. */
export type Sentry = {
  readonly readOrganization: Bound<typeof readOrganization>;
  readonly listProjects: Bound<typeof listProjects>;
  readonly listEnvironments: Bound<typeof listEnvironments>;
  readonly countErrors: Bound<typeof countProjectErrors>;
  readonly getIssue: Bound<typeof getIssue>;
  readonly getIssues: Bound<typeof getIssues>;
  readonly listIssues: Bound<typeof listIssues>;
  readonly resolveShortId: Bound<typeof resolveShortId>;
  readonly resolveIssue: Bound<typeof resolveIssue>;
  readonly getEvent: Bound<typeof getEvent>;
  readonly listIssueEvents: Bound<typeof listIssueEvents>;
  readonly errorBuckets: Bound<typeof errorBuckets>;
  readonly errorEvents: Bound<typeof errorEvents>;
  readonly errorsByRelease: Bound<typeof errorsByRelease>;
  readonly spansByRelease: Bound<typeof spansByRelease>;
  readonly sessionsByRelease: Bound<typeof sessionsByRelease>;
  readonly operationTable: Bound<typeof operationTable>;
  readonly operationHours: Bound<typeof operationHours>;
  readonly exceedingHours: Bound<typeof exceedingHours>;
  readonly endpointRegressions: Bound<typeof endpointRegressions>;
  readonly regressionBreakpoint: Bound<typeof regressionBreakpoint>;
  readonly getRelease: Bound<typeof getRelease>;
  readonly listReleases: Bound<typeof listReleases>;
  readonly releaseCommits: Bound<typeof releaseCommits>;
  readonly releaseDeploys: Bound<typeof releaseDeploys>;
  readonly firstReleasesWith: Bound<typeof firstReleasesWith>;
};

/**
 * Connects to a Sentry; nothing is asked yet. The token goes to the configured host only, or to the region below it
 * that the organization's own record names.
 * @throws Error where the URL or the organization's slug cannot be one.
 */
export function connectSentry(options: ConnectionOptions): Sentry {
  const connection = openConnection(options);
  return {
    readOrganization: (...rest) => readOrganization(connection, ...rest),
    listProjects: (...rest) => listProjects(connection, ...rest),
    listEnvironments: (...rest) => listEnvironments(connection, ...rest),
    countErrors: (...rest) => countProjectErrors(connection, ...rest),
    getIssue: (...rest) => getIssue(connection, ...rest),
    getIssues: (...rest) => getIssues(connection, ...rest),
    listIssues: (...rest) => listIssues(connection, ...rest),
    resolveShortId: (...rest) => resolveShortId(connection, ...rest),
    resolveIssue: (...rest) => resolveIssue(connection, ...rest),
    getEvent: (...rest) => getEvent(connection, ...rest),
    listIssueEvents: (...rest) => listIssueEvents(connection, ...rest),
    errorBuckets: (...rest) => errorBuckets(connection, ...rest),
    errorEvents: (...rest) => errorEvents(connection, ...rest),
    errorsByRelease: (...rest) => errorsByRelease(connection, ...rest),
    spansByRelease: (...rest) => spansByRelease(connection, ...rest),
    sessionsByRelease: (...rest) => sessionsByRelease(connection, ...rest),
    operationTable: (...rest) => operationTable(connection, ...rest),
    operationHours: (...rest) => operationHours(connection, ...rest),
    exceedingHours: (...rest) => exceedingHours(connection, ...rest),
    endpointRegressions: (...rest) => endpointRegressions(connection, ...rest),
    regressionBreakpoint: (...rest) => regressionBreakpoint(connection, ...rest),
    getRelease: (...rest) => getRelease(connection, ...rest),
    listReleases: (...rest) => listReleases(connection, ...rest),
    releaseCommits: (...rest) => releaseCommits(connection, ...rest),
    releaseDeploys: (...rest) => releaseDeploys(connection, ...rest),
    firstReleasesWith: (...rest) => firstReleasesWith(connection, ...rest),
  };
}
