import { BUCKETS_PER_HOUR, decideFrom } from "@patchpilot/verdict";
import {
  countSeen,
  followRecovery,
  type History,
  measureBaseline,
  summariseSince,
} from "@patchpilot/verdict/testing";
import { firstPromise, nameEnd, type Trial } from "../outcome.ts";
import type { Judge } from "./judge.ts";
import { type Seen, type SeenLook, seeAsShipped } from "./see-as-shipped.ts";
import type { Stage } from "./see-counts.ts";

/** verify-recovery as it ships, asked every five minutes; what only a whole count can rule out is asked every hour. */
export const judgeAsShipped: Judge = (world) => {
  const { stages, isVouchedFor, lookAt } = seeAsShipped(world);
  return judgeStages(
    stages.map(({ begins, history }) => ({
      begins,
      history: { ...history, alone: !isVouchedFor },
    })),
    lookAt,
  );
};

/** The same if nothing vouched for the counts, and releases were not compared. */
export const judgeAlone: Judge = (world) => {
  const { stages, lookAt } = seeAsShipped(world);
  return judgeStages(
    stages.map(({ begins, history: { control: _, ...history } }) => ({
      begins,
      history: { ...history, alone: true },
    })),
    lookAt,
  );
};

function judgeStages(stages: readonly Stage[], lookAt: Seen["lookAt"]): ReturnType<Judge> {
  let ended: Trial = { verdict: "waiting", hours: 0 };
  for (const [i, stage] of stages.entries()) {
    ended = judgeStage(stage, lookAt, stages[i + 1]?.begins ?? Number.POSITIVE_INFINITY);
    if (ENDS.has(ended.verdict)) break;
  }
  return { ...ended, promised: stages[0] ? firstPromise(stages[0].history) : null };
}

const ENDS: ReadonlySet<string> = new Set(["recovered", "stopped", "failing", "inconclusive"]);

/** @param ends the first look that is not of the stage */
function judgeStage({ begins, history }: Stage, lookAt: Seen["lookAt"], ends: number): Trial {
  const own = cut(history, ends - 1);
  const { buckets, assessment } = followRecovery(own, (seen) =>
    seen < begins ? NOT_YET : lookAt(seen).gates,
  );
  if (assessment.verdict !== "failing")
    return { verdict: nameEnd(assessment), hours: buckets / BUCKETS_PER_HOUR };
  const baseline = measureBaseline(own.baseline, own);
  let verdict = "waiting";
  let seen = buckets;
  for (; seen <= own.since.events.length; seen += BUCKETS_PER_HOUR) {
    verdict = judgeLook(baseline, cut(own, seen), seen, lookAt(seen));
    if (ENDS.has(verdict)) break;
  }
  return { verdict, hours: seen / BUCKETS_PER_HOUR };
}

/** Ends nothing. */
const NOT_YET = { deployed: false };

/** Only releases that may hold the fix can disprove it. */
function judgeLook(
  baseline: ReturnType<typeof measureBaseline>,
  history: History,
  buckets: number,
  { gates, possiblyFixed }: SeenLook,
): string {
  const hoursSinceDeploy = buckets / BUCKETS_PER_HOUR;
  const summary = countSeen(history, summariseSince(baseline, { ...history, hoursSinceDeploy, gates }));
  const assessment = decideFrom(summary);
  if (assessment.verdict !== "failing" || possiblyFixed === undefined) return nameEnd(assessment);
  if (decideFrom({ ...summary, c: possiblyFixed }).verdict === "failing") return assessment.verdict;
  return summary.hours >= summary.cap ? "inconclusive" : "waiting";
}

function cut({ since, control, ...history }: History, buckets: number): History {
  return { ...history, since: cutSeries(since, buckets), control: control && cutSeries(control, buckets) };
}

const cutSeries = ({ events, exposure }: History["since"], buckets: number): History["since"] => ({
  events: events.slice(0, buckets),
  exposure: exposure.slice(0, buckets),
});
