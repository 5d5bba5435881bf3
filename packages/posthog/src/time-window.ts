/** From `from` until just before `to`. PostHog compares whole seconds. */
export type TimeWindow = { readonly from: Date; readonly to: Date };

/** An instant as `toDateTime({…}, 'UTC')` reads it; a bare date would be read in the project's time zone. */
export function utc(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace("T", " ");
}
