import { BUCKET } from "@patchpilot/verdict";
import { drawExponential, type Random } from "../draws.ts";
import { anyInstant, BUCKETS, BUCKETS_BEFORE, hours, type Plan } from "./plan.ts";
import { drawStored } from "./sensor-outcomes.ts";
import { drawTruth, fillBuckets, layOutCurve, type Sides } from "./truth.ts";
import type { ByRelease, Setting, World } from "./world.ts";

const HOURS_BETWEEN_DEPLOYS = 36;
const ZEROS: readonly number[] = new Array<number>(BUCKETS).fill(0);
const ONES: readonly number[] = new Array<number>(BUCKETS).fill(1);
const BOTH = { events: true, traffic: true };

/** Draws one incident: what happens, what of it is stored, and what is counted of the traffic. */
export function drawWorld(plan: Plan, setting: Setting, random: Random): World {
  const start = (plan.deployAt ?? anyInstant(random)) - BUCKETS_BEFORE * BUCKET;
  const truth = drawTruth(plan, setting, start, random);
  const stored = drawStored(plan, truth, start, random);
  const sampled = plan.sampled ? layOutCurve(plan.sampled, start) : ONES;
  const seen = drawSeenShare(plan, sampled, stored.errors, start, random);
  const { named = BOTH, counted = "operation" } = plan;
  return {
    start,
    deploy: BUCKETS_BEFORE,
    onset: plan.onset === undefined ? null : BUCKETS_BEFORE + plan.onset,
    events: byRelease(stored.errors, named.events),
    lateness: plan.lateness ? layOutCurve(plan.lateness, start) : ZEROS,
    traffic: {
      project: counted === "nothing" ? null : countTraffic(truth.project, seen, named.traffic),
      operation: counted === "operation" ? countTraffic(truth.operation, seen, named.traffic) : null,
    },
    others: stored.others,
    outcomes: stored.outcomes,
    sampleRates: { errors: plan.dropped?.as === "discarded" ? stored.kept : ONES, traffic: sampled },
    deploys: (plan.deploys ?? drawDeploys(random)).map((bucket) => BUCKETS_BEFORE + bucket),
  };
}

/** What is counted of a unit of traffic, by bucket; NaN: not known. */
function drawSeenShare(
  { tell, lostWithErrors = 0 }: Plan,
  sampled: readonly number[],
  errors: Sides,
  start: number,
  random: Random,
): readonly number[] {
  const shares = tell && layOutCurve(tell, start);
  const counted = shares ? fillBuckets((i) => (shares[i] ?? 1) * (sampled[i] ?? 1)) : sampled;
  if (lostWithErrors === 0) return counted;
  return counted.map((x, i) => {
    const hasError = (errors.old[i] ?? 0) + (errors.new[i] ?? 0) > 0;
    return hasError && random() < lostWithErrors ? Number.NaN : x;
  });
}

function countTraffic(traffic: Sides, seen: readonly number[], isNamed: boolean): ByRelease {
  if (seen === ONES) return byRelease(traffic, isNamed);
  const count = (side: readonly number[]) => fillBuckets((i) => (side[i] ?? 0) * (seen[i] ?? 1));
  return byRelease({ old: count(traffic.old), new: count(traffic.new) }, isNamed);
}

function byRelease({ old, new: fixed }: Sides, isNamed: boolean): ByRelease {
  if (isNamed) return { old, new: fixed, none: ZEROS };
  return { old: ZEROS, new: ZEROS, none: fillBuckets((i) => (old[i] ?? 0) + (fixed[i] ?? 0)) };
}

/** Earlier deployments that change nothing. */
function drawDeploys(random: Random): number[] {
  const deploys: number[] = [];
  const next = () => hours(drawExponential(HOURS_BETWEEN_DEPLOYS, random));
  for (let at = -1 - next(); at >= -BUCKETS_BEFORE; at -= 1 + next()) deploys.unshift(at);
  return deploys;
}
