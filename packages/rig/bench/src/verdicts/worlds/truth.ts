import { BUCKET, BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Random } from "../draws.ts";
import { BUCKETS, BUCKETS_BEFORE, type Curve, type Plan } from "./plan.ts";
import { spawnSingly } from "./spawn.ts";
import type { Setting } from "./world.ts";

/** The rest of a project has so many times the traffic of one operation. */
const REST = 9;

/** By bucket, of clients without the fix and with it. */
export type Sides = { readonly old: number[]; readonly new: number[] };

/** What happens in truth, whether it is counted or not. */
export type Truth = {
  readonly operation: Sides;
  readonly project: Sides;
  readonly errors: Sides;
};

/** Computes a value of each bucket. A loop, since millions of worlds are drawn. */
export function fillBuckets(value: (i: number) => number): number[] {
  const values = new Array<number>(BUCKETS).fill(0);
  for (let i = 0; i < BUCKETS; i++) values[i] = value(i);
  return values;
}

/** A curve over all buckets of a world; constant if there is none. */
export function layOutCurve(curve: Curve | undefined, start: number, constant = 1): number[] {
  if (curve === undefined) return new Array<number>(BUCKETS).fill(constant);
  return fillBuckets((i) => curve(i - BUCKETS_BEFORE, start + i * BUCKET));
}

/** Draws the errors of a world, and lays out the traffic that they come from. */
export function drawTruth(plan: Plan, setting: Setting, start: number, random: Random): Truth {
  const usual = layOutCurve(plan.operation, start);
  const rest = plan.rest ? layOutCurve(plan.rest, start) : fillBuckets((i) => REST * (usual[i] ?? 0));
  const oldShare = layOutCurve(plan.oldShare, start, 0);
  const restOldShare = plan.restOldShare ? layOutCurve(plan.restOldShare, start) : oldShare;
  const operation = splitTraffic(usual, oldShare);
  const others = splitTraffic(rest, restOldShare);
  const add = (side: keyof Sides) => fillBuckets((i) => (operation[side][i] ?? 0) + (others[side][i] ?? 0));
  return {
    operation,
    project: { old: add("old"), new: add("new") },
    errors: drawErrors(plan, setting, operation, start, random),
  };
}

/** Before the deploy nobody has the fix. */
function splitTraffic(traffic: readonly number[], oldShare: readonly number[]): Sides {
  const old = fillBuckets((i) => (traffic[i] ?? 0) * (i < BUCKETS_BEFORE ? 1 : (oldShare[i] ?? 0)));
  return { old, new: fillBuckets((i) => (traffic[i] ?? 0) - (old[i] ?? 0)) };
}

function drawErrors(
  { onset, straggler, risk, spawn = spawnSingly }: Plan,
  { perHour, residue }: Setting,
  operation: Sides,
  start: number,
  random: Random,
): Sides {
  const perBucket = perHour / BUCKETS_PER_HOUR;
  const risks = layOutCurve(risk, start);
  const first = onset === undefined ? 0 : BUCKETS_BEFORE + onset;
  const draw = (side: keyof Sides, left: number) =>
    spawn(
      fillBuckets((i) => (i < first ? 0 : perBucket * left * (risks[i] ?? 0) * (operation[side][i] ?? 0))),
      random,
    );
  const errors = { old: draw("old", 1), new: draw("new", residue) };
  for (const bucket of [onset, straggler]) {
    if (bucket === undefined) continue;
    const i = BUCKETS_BEFORE + bucket;
    errors.old[i] = (errors.old[i] ?? 0) + 1;
  }
  return errors;
}
