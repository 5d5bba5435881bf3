export { connectPostHog, type PostHog } from "./connect.ts";
export type { CountEvents, EventCount } from "./count-events.ts";
export type { FrequentEvent } from "./frequent-events.ts";
export { isPostHogRead, type PostHogConnection } from "./run-query.ts";
