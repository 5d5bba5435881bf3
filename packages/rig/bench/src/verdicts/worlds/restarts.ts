import { drawExponential, type Random } from "../draws.ts";
import { BUCKETS_AFTER, BUCKETS_BEFORE, hours, type Plan } from "./plan.ts";
import type { WorldKind } from "./world.ts";

export const HEALED_HOURS = 20;
const HOURS_BETWEEN = { least: 30, more: 30 } as const;

/** Every deploy restarts the servers; errors come only once they have been up for 20 h, and then at the rate. */
function restarting(random: Random): Plan {
  const deploys: number[] = [];
  const gap = () => hours(HOURS_BETWEEN.least + drawExponential(HOURS_BETWEEN.more, random));
  for (let at = -gap(); at >= -BUCKETS_BEFORE; at -= gap()) deploys.unshift(at);
  const starts = [...deploys, 0];
  return {
    deploys,
    risk: (bucket) => {
      const last = starts.findLast((start) => start <= bucket) ?? Number.NEGATIVE_INFINITY;
      return bucket - last < hours(HEALED_HOURS) ? 0 : 1;
    },
  };
}

/** One error of a client that had been away, on any of the days after the deploy. */
const oneLate = (random: Random): Plan => ({ straggler: Math.floor(random() * BUCKETS_AFTER) });

export const RESTARTS: readonly WorldKind[] = [
  { name: "a restart heals for 20 h", claim: "print", plan: restarting },
  { name: "one late error of an old client", claim: "promise", plan: oneLate },
];
