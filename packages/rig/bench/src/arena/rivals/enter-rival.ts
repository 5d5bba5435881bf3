import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { delayErrors } from "../../verdicts/play/see-as-shipped.ts";
import { sumReleases } from "../../verdicts/play/see-counts.ts";
import { hours } from "../../verdicts/worlds/plan.ts";
import type { World } from "../../verdicts/worlds/world.ts";
import type { Contestant } from "../contestant.ts";
import type { IncidentCounts, Rival } from "./rival.ts";

/** Lets a rival judge. It sees the errors of all releases when they arrive, and no traffic. */
export const enterRival = ({ name, rule, recoveredAfter, backAfter }: Rival): Contestant => ({
  name,
  rule,
  judge: (world) => {
    const counts = seeCounts(world);
    const buckets = recoveredAfter(counts);
    return {
      verdict: buckets === null ? "waiting" : "recovered",
      hours: (buckets ?? counts.since.length) / BUCKETS_PER_HOUR,
    };
  },
  findReturn: (world, closedAfter) => toHours(backAfter(seeCounts(world), hours(closedAfter))),
  watch: ({ quiet, aftermath: { before, since, stragglers } }) => {
    const later = since.events.map((count, i) => count + (stragglers[i] ?? 0));
    const counts = { before: before.events, since: [...quiet, ...later] };
    const buckets = backAfter(counts, quiet.length);
    return toHours(buckets === null ? null : buckets - quiet.length);
  },
});

const toHours = (buckets: number | null): number | null =>
  buckets === null ? null : buckets / BUCKETS_PER_HOUR;

/** All rivals see the same of a world. */
const seen = new WeakMap<World, IncidentCounts>();

function seeCounts(world: World): IncidentCounts {
  const { deploy, onset } = world;
  const known = seen.get(world);
  if (known !== undefined) return known;
  const all = sumReleases(delayErrors(world));
  const counts = { before: all.slice(onset ?? 0, deploy), since: all.slice(deploy) };
  seen.set(world, counts);
  return counts;
}
