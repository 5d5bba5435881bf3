export { connectSentry, type Sentry } from "./connect-sentry.ts";
export type { ConnectionOptions } from "./connection.ts";
export type { BucketCounts } from "./counting.ts";
export type { EndpointRegression } from "./endpoint-regressions.ts";
export type { BucketQuestion, ErrorBuckets } from "./error-buckets.ts";
export type { CountedIssue, ErrorEvents } from "./error-events.ts";
export type { ReleaseErrors } from "./error-releases.ts";
export type { SentryBreadcrumb, SentryEvent } from "./event.ts";
export type { EventChoice, EventRow, EventWindow } from "./events.ts";
export type { SentryException, SentryFrame } from "./exceptions.ts";
export type { ExposureWindow, ReleaseExposure } from "./exposure.ts";
export type { ReleaseName, SentryIssue } from "./issue.ts";
export type { BucketedIssue } from "./issue-groups.ts";
export type { SentryIssueSearch } from "./issues.ts";
export {
  type Certainty,
  type OperationPattern,
  type OperationWindow,
  operationQuery,
  type SpanOperation,
} from "./operation.ts";
export type { ExceedingHours, ExceedingQuestion, OperationHour, OperationHours } from "./operation-hours.ts";
export type { OperationTable, OperationTiming, TimedOperation } from "./operation-table.ts";
export type { Pages } from "./paging.ts";
export {
  releaseBefore,
  type SentryRelease,
  shaIn,
} from "./releases.ts";
export { isOrganizationToken } from "./scopes.ts";
export type { ProjectErrors, ProjectNames } from "./set-up.ts";
