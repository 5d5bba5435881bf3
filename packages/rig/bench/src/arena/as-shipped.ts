import {
  BUCKETS_PER_HOUR,
  decideWatch,
  type RecoverySummary,
  summarise,
  summariseWatch,
} from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import { judgeAsShipped } from "../verdicts/play/judge-as-shipped.ts";
import { delayErrors } from "../verdicts/play/see-as-shipped.ts";
import { seeStages } from "../verdicts/play/see-counts.ts";
import { DETECTORS } from "../verdicts/watch/detectors.ts";
import { watchAftermath } from "../verdicts/watch/follow-watch.ts";
import { hours } from "../verdicts/worlds/plan.ts";
import type { World } from "../verdicts/worlds/world.ts";
import type { Contestant } from "./contestant.ts";

/** verify-recovery and its watch: asked again in every hour in which an error came. */
export const asShipped: Contestant = {
  name: "PatchPilot",
  rule: "recovered by evidence against what may be left; then the watch",
  judge: judgeAsShipped,
  findReturn: (world, closedAfter) => {
    const { since, ...history } = seeHistory(world);
    const closed = hours(closedAfter);
    const before = summariseBefore(history);
    for (let end = closed + BUCKETS_PER_HOUR; end <= since.events.length; end += BUCKETS_PER_HOUR) {
      if (!since.events.slice(end - BUCKETS_PER_HOUR, end).some((count) => count > 0)) continue;
      const seen = summariseWatch({ before, since: cut(since, closed, end), offset: closed });
      if (decideWatch(seen) === "back") return end / BUCKETS_PER_HOUR;
    }
    return null;
  },
  watch: ({ cell, aftermath }) => watchAftermath(DETECTORS.shipped, cell, aftermath).foundAt,
};

/** As it is counted once nothing changes any more. */
function seeHistory(world: World): History {
  const [first, ...later] = seeStages(world, delayErrors(world));
  return (later.at(-1) ?? first).history;
}

function summariseBefore({ split, control, ...history }: Omit<History, "since">): RecoverySummary {
  return summarise({ ...history, since: { events: [], exposure: [] }, hoursSinceDeploy: 0 });
}

const cut = ({ events, exposure }: History["since"], from: number, until: number): History["since"] => ({
  events: events.slice(from, until),
  exposure: exposure.slice(from, until),
});
