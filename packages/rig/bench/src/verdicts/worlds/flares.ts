import { drawExponential, type Random } from "../draws.ts";
import { BUCKETS_AFTER, BUCKETS_BEFORE, type Curve, curveFrom, hours, type Plan } from "./plan.ts";
import { fade } from "./roll-outs.ts";
import type { WorldKind } from "./world.ts";

/** A flare calms by itself: half of it is left after two hours. */
const HALF_LIFE = 2;
const calm = fade(HALF_LIFE);
const AREA = hours(HALF_LIFE) / Math.LN2;

/** Flares come a day apart in the mean, over a tenth of the rate that is always there; one began an hour before. */
const BACKGROUND = 0.1;
const BETWEEN = hours(24);
const BEGAN = -hours(1);

function recurrent(random: Random): Curve {
  const begun = new Set([BEGAN]);
  for (let at = BEGAN - gap(random); at > -BUCKETS_BEFORE - BETWEEN; at -= gap(random)) begun.add(at);
  for (let at = BEGAN + gap(random); at < BUCKETS_AFTER; at += gap(random)) begun.add(at);
  const height = ((1 - BACKGROUND) * BETWEEN) / AREA;
  let level = 0;
  const levels: number[] = [];
  for (let bucket = -BUCKETS_BEFORE - BETWEEN; bucket < BUCKETS_AFTER; bucket++) {
    level = level * calm(1, 0) + (begun.has(bucket) ? height : 0);
    if (bucket >= -BUCKETS_BEFORE) levels.push(BACKGROUND + level);
  }
  return curveFrom(levels);
}

const gap = (random: Random) => Math.max(1, Math.round(drawExponential(BETWEEN, random)));

/** Known for three hours, in which the mean is the rate; it has been calming ever since it began. */
const KNOWN = hours(3);
const MEAN_WHILE_KNOWN = (AREA * (1 - calm(KNOWN, 0))) / KNOWN;

const firstEver: Plan = {
  onset: -KNOWN,
  risk: (bucket) => calm(bucket + KNOWN, 0) / MEAN_WHILE_KNOWN,
};

export const FLARES: readonly WorldKind[] = [
  { name: "recurrent flare", claim: "promise", plan: (random) => ({ risk: recurrent(random) }) },
  { name: "first-ever flare", claim: "abstain", plan: () => firstEver },
  {
    name: "first-ever flare, old clients beside new ones for 6 h",
    claim: "print",
    plan: () => ({ ...firstEver, oldShare: fade(6) }),
  },
];
