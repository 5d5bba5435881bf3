import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { drawLogNormal, type Random } from "../draws.ts";
import { type Curve, DAY_BUCKETS, hours, type Plan, stepAtDeploy } from "./plan.ts";
import { drawEach, wanderLogNormal } from "./wander.ts";
import type { WorldClaim, WorldKind } from "./world.ts";

const NOISE = 0.5;
const MISSING = 0.15;
const GAP_HOURS = 4;
const WANDERING_RATE = { deviation: 0.3, memoryHours: 24 } as const;
const HOLIDAY = 0.25;
const LOST_WITH_ERRORS = 0.5;

/** One gap of four hours in each day. */
function dailyGaps(random: Random): Curve {
  const began = drawEach(DAY_BUCKETS, () => Math.floor(random() * (DAY_BUCKETS - hours(GAP_HOURS))));
  return (bucket, at) => {
    const since = (((bucket % DAY_BUCKETS) + DAY_BUCKETS) % DAY_BUCKETS) - began(bucket, at);
    return since >= 0 && since < hours(GAP_HOURS) ? Number.NaN : 1;
  };
}

const stopping = (random: Random): Plan => {
  const stops = Math.ceil(random() * DAY_BUCKETS);
  return { operation: (bucket) => (bucket < stops ? 1 : 0) };
};

const exposure = (name: string, plan: WorldKind["plan"], claim: WorldClaim = "promise"): WorldKind => ({
  name,
  claim,
  plan,
});

const jump = (factor: number, text: string, claim: WorldClaim): WorldKind => ({
  ...exposure(
    `counted traffic ${text} at the deploy, unseen`,
    () => ({ tell: stepAtDeploy(1, factor) }),
    claim,
  ),
  // By traffic that seems half as much again, a quarter is a sixth: less than any rule here is held to.
  ...(factor > 1 && { printed: [0.25] }),
});

export const EXPOSURE: readonly WorldKind[] = [
  exposure("counted with a noise of 50 % by hour", (random) => ({
    tell: drawEach(BUCKETS_PER_HOUR, () => drawLogNormal(NOISE, random)),
  })),
  exposure("15 % of the buckets not counted", (random) => ({
    tell: drawEach(1, () => (random() < MISSING ? Number.NaN : 1)),
  })),
  exposure("a gap of 4 h a day", (random) => ({ tell: dailyGaps(random) })),
  exposure("count lost in half of the buckets with errors", () => ({ lostWithErrors: LOST_WITH_ERRORS })),
  exposure("sampled at a rate that wanders", (random) => {
    const { deviation, memoryHours } = WANDERING_RATE;
    return { sampled: wanderLogNormal(deviation, memoryHours, random) };
  }),
  jump(1.49, "up by 1.49", "promise"),
  jump(1 / 1.49, "down by 1.49", "promise"),
  jump(3, "up by 3", "print"),
  jump(1 / 3, "down by 3", "print"),
  exposure("holiday at a quarter, truly counted", () => ({ operation: stepAtDeploy(1, HOLIDAY) })),
  exposure("traffic stops within a day", stopping),
];
