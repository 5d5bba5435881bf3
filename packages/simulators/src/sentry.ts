export type { ExploreGap } from "./sentry/explore.ts";
export type { FedEvents, FedRelease, FedTraffic, FedTransactions } from "./sentry/feeding.ts";
export type { AlertRule, GitHubIssueText } from "./sentry/github-issue.ts";
export {
  createSentrySimulator,
  type SentryAlert,
  type SentryOptions,
  type SentrySimulator,
} from "./sentry/simulator.ts";
export type { SdkEvent, SdkException, SdkFrame } from "./sentry/stored-event.ts";
export type { StoredIssue } from "./sentry/world.ts";
