export { connectSentry, type Sentry } from "./connect-sentry.ts";
export type { ConnectionOptions } from "./connection.ts";
export type { BucketCounts } from "./counting.ts";
export type { EndpointRegression } from "./endpoint-regressions.ts";
export type { ErrorBuckets } from "./error-buckets.ts";
export { isBroken, isRefusal, isUnsupported } from "./error-events.ts";
export type { ReleaseErrors } from "./error-releases.ts";
export { eventSchema, type SentryEvent } from "./event.ts";
export { type EventDetails, NO_DETAILS } from "./event-details.ts";
export type { SentryFrame } from "./exceptions.ts";
export type { ReleaseExposure } from "./exposure.ts";
export type { SentryIssue } from "./issue.ts";
export type { BucketedIssue } from "./issue-groups.ts";
export {
  type OperationPattern,
  operationQuery,
  type SpanOperation,
} from "./operation.ts";
export type { ExceedingHours, OperationHour, OperationHours } from "./operation-hours.ts";
export type { ReleaseSpans } from "./operation-releases.ts";
export { narrowToReleases } from "./operation-search.ts";
export type { OperationTable, OperationTiming, TimedOperation } from "./operation-table.ts";
export type { ErrorOutcomes } from "./outcomes.ts";
export type { Pages } from "./paging.ts";
export {
  releaseBefore,
  type SentryRelease,
  shaIn,
} from "./releases.ts";
export type { ProjectErrors, ProjectNames } from "./set-up.ts";
