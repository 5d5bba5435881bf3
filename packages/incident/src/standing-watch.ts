import { DAY } from "@patchpilot/time";

/** How long a closed incident is watched: until then verify-recovery alone decides whether it is back. */
export const STANDING_WATCH = 90 * DAY;

/** Whether what was closed at an instant, in ISO 8601, is still watched. @param now in milliseconds */
export const isWatched = (closedAt: string, now: number): boolean =>
  now < Date.parse(closedAt) + STANDING_WATCH;
