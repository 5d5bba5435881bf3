export {
  createSentrySimulator,
  type SentryAlert,
  type SentryOptions,
  type SentrySimulator,
} from "./sentry/simulator.ts";
export type { SdkEvent } from "./sentry/stored-event.ts";
export type { StoredIssue } from "./sentry/world.ts";
