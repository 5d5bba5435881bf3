import { BUCKETS_PER_HOUR, type RecoverySummary, summarise } from "@patchpilot/verdict";
import type { Random } from "../draws.ts";
import { hours } from "../worlds/plan.ts";
import { type Aftermath, drawAftermath, type Relapse } from "../worlds/relapses.ts";
import type { Detector, Said, WatchLook } from "./detector.ts";
import { returnsAt, type WatchCell } from "./watch-cells.ts";

/** How one closed incident was watched. Times are in hours since the close. */
export type WatchTrial = {
  /** When it was first said to be back; null: never. */
  readonly foundAt: number | null;
  /** When the fifth error since the relapse came; null: there was no relapse, or it had not five errors. */
  readonly fifthAt: number | null;
  /** Looks at a relapse that is old enough to be seen, and those of them that said "still away". */
  readonly looksOverRelapse: number;
  readonly awayOverRelapse: number;
  /** What was said at the end of the days. */
  readonly last: Said;
};

/** Once so many of the old errors would have come, the last stretch of any rule lies within the relapse. */
const OLD_ERRORS_TO_TELL = 40;
const HOURS_BETWEEN_LOOKS = 6;

/** Draws an incident and watches it. */
export const followWatch = (detect: Detector, cell: WatchCell, random: Random): WatchTrial =>
  watchAftermath(detect, cell, drawAftermath(cell, random));

/**
 * Watches one incident until it is found to be back. Only an error can bring it back, so it is asked where one came
 * since the last look; whether it is away is asked every six hours while a relapse is old enough to be seen.
 */
export function watchAftermath(detect: Detector, cell: WatchCell, aftermath: Aftermath): WatchTrial {
  const before = summariseBefore(aftermath);
  const until = sumUntil(aftermath.since);
  const say = (seen: number, onlyBack = false) => detect({ ...aftermath, before, until, seen, onlyBack });
  const length = aftermath.since.events.length;
  const isOver = overRelapse(cell);
  const trial = { foundAt: null as number | null, looksOverRelapse: 0, awayOverRelapse: 0 };
  for (let hour = cell.lookEvery; hour * BUCKETS_PER_HOUR <= length; hour += cell.lookEvery) {
    const isLook = isOver(hour) && hour % HOURS_BETWEEN_LOOKS === 0;
    if (!isLook && !hasError(aftermath, hour, cell.lookEvery)) continue;
    const said = say(hour * BUCKETS_PER_HOUR, !isLook);
    if (said === "back") {
      trial.foundAt = hour;
      break;
    }
    if (!isLook) continue;
    trial.looksOverRelapse++;
    if (said === "away") trial.awayOverRelapse++;
  }
  const last = trial.foundAt === null ? say(length) : "back";
  return { ...trial, fifthAt: findFifth(aftermath, cell), last };
}

/** Running sums of what came since the close. */
function sumUntil(since: Aftermath["since"]): WatchLook["until"] {
  const active = new Float64Array(since.events.length + 1);
  const exposure = new Float64Array(since.events.length + 1);
  for (let i = 0; i < since.events.length; i++) {
    active[i + 1] = (active[i] ?? 0) + ((since.events[i] ?? 0) > 0 ? 1 : 0);
    exposure[i + 1] = (exposure[i] ?? 0) + (since.exposure[i] ?? 0);
  }
  return { active, exposure };
}

function summariseBefore({ before }: Aftermath): RecoverySummary {
  return summarise({
    baseline: before,
    since: { events: [], exposure: [] },
    clock: false,
    baselineBeginsAtFirstEvent: false,
    hoursSinceDeploy: 0,
  });
}

/** Whether by an hour there has been so much of a relapse that a stretch of it can be separated. */
const overRelapse =
  (relapse: Relapse) =>
  (hour: number): boolean =>
    hour >= returnsAt(relapse) + OLD_ERRORS_TO_TELL / relapse.perHour;

function hasError({ since, stragglers }: Aftermath, hour: number, hoursBefore: number): boolean {
  for (let bucket = (hour - hoursBefore) * BUCKETS_PER_HOUR; bucket < hour * BUCKETS_PER_HOUR; bucket++) {
    if ((since.events[bucket] ?? 0) + (stragglers[bucket] ?? 0) > 0) return true;
  }
  return false;
}

function findFifth({ since }: Aftermath, { back }: Relapse): number | null {
  if (back === null) return null;
  let errors = 0;
  for (let bucket = hours(back.afterHours); bucket < since.events.length; bucket++) {
    errors += since.events[bucket] ?? 0;
    if (errors >= 5) return (bucket + 1) / BUCKETS_PER_HOUR;
  }
  return null;
}
