import { type CountEvents, countEvents, type EventCount } from "./count-events.ts";
import { type ExposureQuery, exposureSeries } from "./exposure-series.ts";
import { type FrequentEvent, frequentEvents } from "./frequent-events.ts";
import type { PostHogConnection } from "./run-query.ts";
import type { TimeWindow } from "./time-window.ts";

/** Questions to one PostHog project; all of them read totals only. @throws HttpFailure in words, with the remedy. */
export type PostHog = {
  readonly countEvents: (question: CountEvents) => Promise<EventCount[]>;
  readonly frequentEvents: (window: TimeWindow) => Promise<FrequentEvent[]>;
  readonly exposureSeries: (question: ExposureQuery) => Promise<number[]>;
};

/** Connects to one project; asks nothing yet. A wrong host or a public key is told at the first question. */
export function connectPostHog(connection: PostHogConnection): PostHog {
  return {
    countEvents: (question) => countEvents(connection, question),
    frequentEvents: (window) => frequentEvents(connection, window),
    exposureSeries: (question) => exposureSeries(connection, question),
  };
}
