import { DAY, HOUR } from "@patchpilot/time";
import type { Counting } from "../questions/errors/count.ts";
import { history, NOW, SETTINGS, steadyTraffic } from "./world.ts";

/** The deploy of `aCounting`, ten hours ago. */
export const ANCHOR = NOW - 10 * HOUR;

/** Three errors an hour for a week, none since the deploy; ten sessions in five minutes all the time. */
export const aCounting = (more: Partial<Counting> = {}): Counting => ({
  anchor: ANCHOR,
  onset: NOW - 30 * DAY,
  history: history(10),
  traffic: { source: "sessions", exposure: steadyTraffic() },
  starts: [],
  placements: new Map(),
  now: NOW,
  settings: SETTINGS,
  ...more,
});

/** shop@2 holds the fix, and shop@1 does not. */
export const PLACED: Counting["placements"] = new Map([
  ["shop@1", { holds: false, by: "order" }],
  ["shop@2", { holds: true, by: "order" }],
]);
