/** ISO 8601 as Sentry writes it. */
export const toIso = (at: number): string => new Date(at).toISOString();

/** For dates that nobody asks about. */
export const LONG_AGO = "2020-01-01T00:00:00.000Z";
