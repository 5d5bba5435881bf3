export { connectPostHog, type PostHog } from "./connect.ts";
export type { CountEvents, EventCount, EventTally } from "./count-events.ts";
export type { ExposureQuery } from "./exposure-series.ts";
export type { FrequentEvent } from "./frequent-events.ts";
export { isPostHogRead, type PostHogConnection } from "./run-query.ts";
export type { TimeWindow } from "./time-window.ts";
