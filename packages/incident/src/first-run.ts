import { MINUTE } from "@patchpilot/time";
import type { Incident } from "./incident.ts";

/** Issues that the first run may open: enough to see what PatchPilot does, too few to flood a repository. */
export const MOST_AT_FIRST = 3;

/** Longest that the steps of one run take, in milliseconds. */
const ONE_RUN = 20 * MINUTE;

/**
 * How many issues may still be opened, if this is the first run that meets any incident: its earlier steps count, too.
 * @param known incidents of the repository; of many, the oldest ones
 * @returns Infinity once an incident is older than a run
 */
export function roomAtFirst(known: readonly Incident[], now: Date): number {
  const accepted = known.flatMap(({ records }) => records.incident?.data.acceptedAt ?? []);
  const isFirst = accepted.every((at) => now.getTime() - Date.parse(at) < ONE_RUN);
  return isFirst ? Math.max(0, MOST_AT_FIRST - accepted.length) : Number.POSITIVE_INFINITY;
}
