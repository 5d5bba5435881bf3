/** Sentry's `start` and `end`: UTC without a zone, whole seconds. */
export function toSentryTime(instant: Date | number): string {
  return new Date(instant).toISOString().slice(0, 19);
}

/**
 * Milliseconds since the epoch of a time in a reply: ISO with `Z`, with an offset, or bare (UTC).
 * @returns undefined for what is no time.
 */
export function readInstant(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}Z`;
  const instant = Date.parse(zoned);
  return Number.isNaN(instant) ? undefined : instant;
}
