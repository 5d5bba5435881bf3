import { type CountEvents, countEvents, type EventCount } from "./count-events.ts";
import { type ExposureQuery, exposureSeries } from "./exposure-series.ts";
import type { PostHogConnection } from "./run-query.ts";

/** Questions to one PostHog project; all of them read totals only. @throws HttpFailure in words, with the remedy. */
export type PostHog = {
  readonly countEvents: (question: CountEvents) => Promise<EventCount[]>;
  readonly exposureSeries: (question: ExposureQuery) => Promise<number[]>;
};

/** Connects to one project; asks nothing yet. A wrong host or a public key is told at the first question. */
export function connectPostHog(connection: PostHogConnection): PostHog {
  return {
    countEvents: (question) => countEvents(connection, question),
    exposureSeries: (question) => exposureSeries(connection, question),
  };
}
