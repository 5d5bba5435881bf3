/** Spans of time in milliseconds. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** An instant in UTC to the minute, as `2026-11-21 07:00`; the caller names the zone. */
export const formatMinute = (instant: Date | string | number): string =>
  new Date(instant).toISOString().slice(0, 16).replace("T", " ");

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/**
 * An instant as people say it: `3 March, 08:05 UTC`, and where the year is not that of `now`,
 * `28 December 2026, 08:05 UTC`. Cut to the minute. It is absolute, so it stays true however late it is read.
 *
 * @throws RangeError where the instant is none
 */
export function describeInstant(instant: Date | string | number, now: Date | string | number): string {
  const iso = new Date(instant).toISOString();
  const year = iso.slice(0, -20) === new Date(now).toISOString().slice(0, -20) ? "" : ` ${iso.slice(0, -20)}`;
  const month = MONTHS[Number(iso.slice(-19, -17)) - 1];
  return `${Number(iso.slice(-16, -14))} ${month}${year}, ${iso.slice(-13, -8)} UTC`;
}

/** A length of time as people say it: 40 s, 12 min, 9.5 h, 3 d. */
export function describeSpan(ms: number): string {
  if (ms < 90 * SECOND) return `${Math.max(0, Math.round(ms / SECOND))} s`;
  if (ms < 90 * MINUTE) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${shorten(ms / HOUR)} h`;
  return `${shorten(ms / DAY)} d`;
}

const shorten = (value: number): string =>
  String(Math.round(value * (value < 10 ? 10 : 1)) / (value < 10 ? 10 : 1));
