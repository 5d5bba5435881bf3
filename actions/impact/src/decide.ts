import type { ImpactRecord } from "@patchpilot/incident";
import type { ImpactWindows } from "./decide-window.ts";

/**
 * Whether an incident must be counted (again): each run counts it while its window fills, and once more when it is
 * full, or has ended earlier because a fix went live. Nothing is said of an incident before half an hour of it. Pure.
 */
export function isDue(
  previous: ImpactRecord | null,
  { incident, isCut, early }: ImpactWindows,
  events: readonly string[],
): boolean {
  if (early !== undefined) return false;
  if (previous === null) return true;
  const known = previous.events.map(({ event }) => event);
  const to = Date.parse(previous.window.to);
  return incident.to > to || (isCut && incident.to < to) || events.some((event) => !known.includes(event));
}
