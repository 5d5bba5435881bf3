import { DAY } from "@patchpilot/time";

/** How long a closed incident is watched: until then verify-recovery alone decides whether it is back. */
export const STANDING_WATCH = 90 * DAY;

/** Whether what was closed at an instant is still watched; both in milliseconds. */
export const isWatched = (closedAt: number, now: number): boolean => now < closedAt + STANDING_WATCH;
