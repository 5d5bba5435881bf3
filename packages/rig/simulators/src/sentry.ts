export type { FedRegression } from "./sentry/endpoint-regression.ts";
export type { ExploreGap } from "./sentry/explore-data.ts";
export type { FedEvents, FedRelease, FedSpans, FedTraffic, FedTransactions } from "./sentry/feeding.ts";
export type { AlertRule, GitHubIssueText } from "./sentry/github-issue.ts";
export type { FedOccurrence } from "./sentry/occurrence.ts";
export type { SdkEvent, SdkException, SdkFrame } from "./sentry/sdk-event.ts";
export {
  createSentrySimulator,
  type SentryAlert,
  type SentryOptions,
  type SentrySimulator,
} from "./sentry/simulator.ts";
export type { StoredIssue } from "./sentry/world.ts";
