import { DAY, HOUR } from "@patchpilot/time";
import type { Counting } from "../questions/errors/count.ts";
import { history, NOW, SETTINGS, steadyTraffic } from "./world.ts";

/** The deploy of `aCounting`, ten hours ago. */
export const ANCHOR = NOW - 10 * HOUR;

/** Three errors an hour for a week, none since the deploy; ten sessions in five minutes all the time. */
export const aCounting = (more: Partial<Counting> = {}): Counting => ({
  anchor: ANCHOR,
  starts: [],
  onset: NOW - 30 * DAY,
  history: history(10),
  traffic: { source: "sessions", exposure: steadyTraffic() },
  contains: () => undefined,
  now: NOW,
  settings: SETTINGS,
  ...more,
});
