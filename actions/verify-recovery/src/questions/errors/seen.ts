import type { Sightings } from "@patchpilot/incident";
import type { SightOfError } from "../../ports.ts";
import type { VerifyCase } from "../case.ts";
import type { ErrorHistory } from "../sources.ts";

/**
 * What a history adds to what was counted before: the errors since then, or all that it knows of if those are more. It
 * cannot count users. Undefined where nothing was counted before: a history may begin late. Pure.
 */
export function countSeen(
  { seen }: Pick<VerifyCase, "seen">,
  { points }: Pick<ErrorHistory, "points">,
  now: number,
): Sightings | undefined {
  if (seen?.events === undefined) return undefined;
  const last = Math.max(...points.map(({ at }) => at));
  return {
    at: new Date(now).toISOString(),
    events: Math.max(sum(points), seen.events + sum(points.filter(({ at }) => at >= Date.parse(seen.at)))),
    ...(points.length === 0 ? {} : { lastSeen: new Date(last).toISOString() }),
  };
}

/** The same of a list of Sentry's issues, which has all there is. Pure. */
export const seenInList = ({ lastSeen, count, users }: SightOfError, now: number): Sightings => ({
  at: new Date(now).toISOString(),
  ...(count === null ? {} : { events: count }),
  ...(users === null ? {} : { users }),
  ...(lastSeen === null ? {} : { lastSeen: new Date(lastSeen).toISOString() }),
});

const sum = (points: ErrorHistory["points"]): number => points.reduce((all, { count }) => all + count, 0);
