import { omitUndefined } from "@patchpilot/optional";
import { HOUR } from "@patchpilot/time";
import * as z from "zod";

const instant = z.string();
export const seenSchema = z.looseObject({
  /** When it was counted. */
  at: instant,
  events: z.number().optional(),
  users: z.number().optional(),
  /** When the users were counted, if that was earlier. */
  usersAt: instant.optional(),
  lastSeen: instant.optional(),
});
/** What Sentry counted of an error. */
export type Sightings = z.output<typeof seenSchema>;

/**
 * What is known of an error after a count. A question about one environment, or about a part of its life, says less than
 * is known: numbers only rise. Pure.
 */
export function addSightings(before: Sightings | undefined, count: Sightings): Sightings {
  if (before === undefined) return count;
  const hasUsers = count.users !== undefined && count.users >= (before.users ?? 0);
  const isKept = !hasUsers && before.users !== undefined;
  const { usersAt, ...kept } = before;
  return {
    ...kept,
    at: count.at,
    ...omitUndefined({
      events: pickLarger(before.events, count.events),
      users: hasUsers ? count.users : before.users,
      usersAt: isKept ? (usersAt ?? before.at) : undefined,
      lastSeen: pickLater(before.lastSeen, count.lastSeen),
    }),
  };
}

/** Whether a count is worth its own write: there are more events than an hour ago. Pure. */
export const isRiseDue = (before: Sightings | undefined, count: Sightings): boolean =>
  (addSightings(before, count).events ?? 0) > (before?.events ?? 0) &&
  !(Date.parse(count.at) < (Date.parse(before?.at ?? "") || 0) + HOUR);

const pickLarger = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);

const pickLater = (one: string | undefined, other: string | undefined): string | undefined =>
  Date.parse(other ?? "") > (Date.parse(one ?? "") || 0) ? other : one;
