import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Trial } from "../verdicts/outcome.ts";
import { delayErrors } from "../verdicts/play/see-as-shipped.ts";
import { sumReleases } from "../verdicts/play/see-counts.ts";
import { returnsAt } from "../verdicts/watch/watch-cells.ts";
import { BUCKETS_AFTER, hours } from "../verdicts/worlds/plan.ts";
import type { World } from "../verdicts/worlds/world.ts";
import { bringBack, type Twins } from "./bring-back.ts";
import type { Closed, Contestant } from "./contestant.ts";

/** What can be said wrongly: recovered with so much left, failing with nothing left, and after a close. */
export const MISTAKES = [
  "nothing fixed",
  "half left",
  "a quarter left",
  "called failing",
  "relapse missed",
  "false alarm",
] as const;
export type Mistake = (typeof MISTAKES)[number];

/** How one history ended for one contestant. */
export type Ending = {
  /** The mistakes that could be made in it. */
  readonly open: readonly Mistake[];
  readonly made: Mistake | null;
  /** Hours until the truth was said, which is that it recovered or is back; null: never; absent: neither is true. */
  readonly hours?: number | null;
};

/** @param left share of the errors that production keeps */
export function endWorld({ judge, findReturn }: Contestant, world: World, left: number): Ending {
  return endJudged(judge(world), (closedAfter) => findReturn(world, closedAfter), left);
}

/** An incident of which nothing is left; and the same if all of it comes back, if that may be told apart. */
export function endTwins({ judge, findReturn }: Contestant, twins: Twins, left: number): Ending[] {
  const judged = judge(twins.gone);
  const ended = endJudged(judged, (closedAfter) => findReturn(twins.gone, closedAfter), left);
  return left > 0 ? [ended] : [ended, endRelapse(findReturn, twins, judged)];
}

function endJudged(
  { verdict, hours }: Trial,
  findReturn: (closedAfter: number) => number | null,
  left: number,
): Ending {
  const isClosed = verdict === "recovered";
  const wrong = nameLeft(left);
  if (wrong !== null) return { open: [wrong], made: isClosed ? wrong : null };
  const isAlarmed = isClosed && findReturn(hours) !== null;
  const made = isAlarmed ? "false alarm" : null;
  if (left > 0) return { open: ["false alarm"], made };
  return {
    open: ["called failing", "false alarm"],
    made: verdict === "failing" ? "called failing" : made,
    hours: isClosed ? hours : null,
  };
}

/** A recovery of less than a quarter is not wrong, and then neither is it to be taken back. */
function nameLeft(left: number): Mistake | null {
  if (left >= 1) return "nothing fixed";
  if (left >= 0.5) return "half left";
  return left >= 0.25 ? "a quarter left" : null;
}

const RELAPSE_AFTER_HOURS = 6;
const ENOUGH_ERRORS = 5;
const HOURS_TO_FIND = 24;

/**
 * Everything comes back some hours after the close, whenever the contestant closed. Missed is what is not found within
 * a day of its fifth error.
 */
function endRelapse(
  findReturn: Contestant["findReturn"],
  { gone, whole }: Twins,
  { verdict, hours }: Trial,
): Ending {
  if (verdict !== "recovered") return { open: [], made: null };
  const begins = hours + RELAPSE_AFTER_HOURS;
  const found = findReturn(bringBack({ gone, whole }, begins), hours);
  if (found !== null && found <= begins) return { open: ["false alarm"], made: "false alarm" };
  const latest = findFifth({ gone, whole }, begins) + HOURS_TO_FIND;
  if (latest > BUCKETS_AFTER / BUCKETS_PER_HOUR) return { open: ["false alarm"], made: null };
  const isFound = found !== null && found <= latest;
  return { open: ["false alarm", "relapse missed"], made: isFound ? null : "relapse missed" };
}

/** Hours from the deploy until the fifth error that the relapse brings is seen; infinite if it never is. */
function findFifth({ gone, whole }: Twins, from: number): number {
  const stays = sumReleases(delayErrors(gone)).slice(gone.deploy);
  const seen = sumReleases(delayErrors(whole)).slice(gone.deploy);
  let errors = 0;
  for (let i = hours(from); i < seen.length; i++) {
    errors += Math.max(0, (seen[i] ?? 0) - (stays[i] ?? 0));
    if (errors >= ENOUGH_ERRORS) return (i + 1) / BUCKETS_PER_HOUR;
  }
  return Number.POSITIVE_INFINITY;
}

const DAYS_TO_FIND = 5;

/** After a close that everybody made: what comes back must be found within days, and nothing else be found. */
export function endClosed({ watch }: Contestant, closed: Closed): Ending {
  const found = watch(closed);
  const begins = returnsAt(closed.cell);
  if (found !== null && found <= begins) return { open: ["false alarm"], made: "false alarm" };
  if (begins === Number.POSITIVE_INFINITY) return { open: ["false alarm"], made: null };
  const delayed = found === null ? null : found - begins;
  const isFound = delayed !== null && delayed <= DAYS_TO_FIND * 24;
  const made = isFound ? null : "relapse missed";
  return { open: ["relapse missed", "false alarm"], made, hours: delayed };
}
