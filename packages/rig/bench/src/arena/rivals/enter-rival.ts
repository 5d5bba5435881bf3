import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { delay, sumReleases } from "../../verdicts/play/see-as-shipped.ts";
import type { World } from "../../verdicts/worlds/world.ts";
import type { Contestant } from "../contestant.ts";
import type { IncidentCounts, Rival } from "./rival.ts";

/** Lets a rival judge worlds. It sees the errors of all releases when they arrive, and no traffic. */
export const enterRival = ({ name, rule, recoveredAfter, backAfter }: Rival): Contestant => ({
  name,
  rule,
  judge: (world) => {
    const buckets = recoveredAfter(seeCounts(world));
    return buckets === null
      ? { verdict: "waiting", hours: (world.lateness.length - world.deploy) / BUCKETS_PER_HOUR }
      : { verdict: "recovered", hours: buckets / BUCKETS_PER_HOUR };
  },
  findReturn: (world, closedAfter) => {
    const buckets = backAfter(seeCounts(world), closedAfter * BUCKETS_PER_HOUR);
    return buckets === null ? null : buckets / BUCKETS_PER_HOUR;
  },
});

function seeCounts({ events, lateness, deploy, onset }: World): IncidentCounts {
  const all = sumReleases(events);
  return { before: all.slice(onset ?? 0, deploy), since: delay(all.slice(deploy), lateness.slice(deploy)) };
}
