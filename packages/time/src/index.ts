/** Spans of time in milliseconds. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** An instant in UTC to the minute, as `2026-11-21 07:00`; the caller names the zone. */
export const formatMinute = (instant: Date | string | number): string =>
  new Date(instant).toISOString().slice(0, 16).replace("T", " ");
