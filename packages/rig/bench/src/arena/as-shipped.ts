import {
  BUCKETS_PER_HOUR,
  decideWatch,
  type RecoverySummary,
  summarise,
  summariseWatch,
} from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import { judgeAsShipped } from "../verdicts/play/play-world.ts";
import { seeHistory } from "../verdicts/play/see-as-shipped.ts";
import { DETECTORS } from "../verdicts/watch/detectors.ts";
import { watchAftermath } from "../verdicts/watch/follow-watch.ts";
import { BUCKETS, hours } from "../verdicts/worlds/plan.ts";
import type { Contestant } from "./contestant.ts";

/** verify-recovery and its watch: asked again in every hour in which an error came. */
export const asShipped: Contestant = {
  name: "PatchPilot",
  rule: "recovered by evidence against what may be left; then the watch",
  judge: judgeAsShipped,
  findReturn: (world, closedAfter) => {
    const { since, ...history } = seeHistory(world, BUCKETS);
    const closed = hours(closedAfter);
    const before = summariseBefore(history);
    const upTo = (end: number) => cut(since, closed, end);
    for (let end = closed + BUCKETS_PER_HOUR; end <= since.events.length; end += BUCKETS_PER_HOUR) {
      if (!since.events.slice(end - BUCKETS_PER_HOUR, end).some((count) => count > 0)) continue;
      const answer = decideWatch(summariseWatch({ before, since: upTo(end), offset: closed }));
      if (answer === "back") return end / BUCKETS_PER_HOUR;
    }
    return null;
  },
  watch: ({ cell, aftermath }) => watchAftermath(DETECTORS.shipped, cell, aftermath).foundAt,
};

function summariseBefore({ split, ...history }: Omit<History, "since">): RecoverySummary {
  return summarise({ ...history, since: { events: [], exposure: [] }, hoursSinceDeploy: 0 });
}

const cut = ({ events, exposure }: History["since"], from: number, until: number): History["since"] => ({
  events: events.slice(from, until),
  exposure: exposure.slice(from, until),
});
