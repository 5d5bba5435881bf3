import { BUCKETS_PER_HOUR, decideFrom, summarise } from "@patchpilot/verdict";
import { followRecovery, type History } from "@patchpilot/verdict/testing";
import type { Trial } from "../outcome.ts";
import type { World } from "../worlds/world.ts";
import { type Seen, type SeenLook, seeAsShipped } from "./see-as-shipped.ts";
import type { Stage } from "./see-counts.ts";

/** A rule with the eyes that it has. */
export type Judge = (world: World) => Trial;

/** verify-recovery as it ships, asked every five minutes; what only a whole count can rule out is asked every hour. */
export const judgeAsShipped: Judge = (world) => {
  const { stages, lookAt } = seeAsShipped(world);
  let ended: Trial = { verdict: "waiting", hours: 0 };
  for (const [i, stage] of stages.entries()) {
    ended = judgeStage(stage, lookAt, stages[i + 1]?.begins ?? Number.POSITIVE_INFINITY);
    if (ENDS.has(ended.verdict)) break;
  }
  return ended;
};

const ENDS: ReadonlySet<string> = new Set(["recovered", "failing", "inconclusive"]);

/** @param ends the first look that is not of the stage */
function judgeStage({ begins, history }: Stage, lookAt: Seen["lookAt"], ends: number): Trial {
  const own = cut(history, ends - 1);
  const { buckets, assessment } = followRecovery(own, (seen) =>
    seen < begins ? NOT_YET : lookAt(seen).gates,
  );
  if (assessment.verdict !== "failing")
    return { verdict: assessment.verdict, hours: buckets / BUCKETS_PER_HOUR };
  let verdict = "waiting";
  let seen = buckets;
  for (; seen <= own.since.events.length; seen += BUCKETS_PER_HOUR) {
    verdict = judgeLook(cut(own, seen), seen, lookAt(seen));
    if (ENDS.has(verdict)) break;
  }
  return { verdict, hours: seen / BUCKETS_PER_HOUR };
}

/** Ends nothing. */
const NOT_YET = { deployed: false };

/** Only releases that may hold the fix can disprove it. */
function judgeLook(history: History, buckets: number, { gates, possiblyFixed }: SeenLook): string {
  const summary = summarise({ ...history, hoursSinceDeploy: buckets / BUCKETS_PER_HOUR, gates });
  const { verdict } = decideFrom(summary);
  if (verdict !== "failing" || possiblyFixed === undefined) return verdict;
  if (decideFrom({ ...summary, c: possiblyFixed }).verdict === "failing") return verdict;
  return summary.hours >= summary.cap ? "inconclusive" : "waiting";
}

function cut(history: History, buckets: number): History {
  const { events, exposure } = history.since;
  return { ...history, since: { events: events.slice(0, buckets), exposure: exposure.slice(0, buckets) } };
}
