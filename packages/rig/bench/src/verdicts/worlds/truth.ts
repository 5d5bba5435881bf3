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

/** A curve over all buckets of a world. */
export function layOutCurve(curve: Curve, start: number): number[] {
  return Array.from({ length: BUCKETS }, (_, i) => curve(i - BUCKETS_BEFORE, start + i * BUCKET));
}

/** Draws the errors of a world, and lays out the traffic that they come from. */
export function drawTruth(plan: Plan, setting: Setting, start: number, random: Random): Truth {
  const usual = plan.operation ?? (() => 1);
  const rest = plan.rest ?? ((bucket, at) => REST * usual(bucket, at));
  const operation = splitTraffic(usual, plan.oldShare, start);
  const others = splitTraffic(rest, plan.restOldShare ?? plan.oldShare, start);
  const add = (side: keyof Sides) => operation[side].map((x, i) => x + (others[side][i] ?? 0));
  return {
    operation,
    project: { old: add("old"), new: add("new") },
    errors: drawErrors(plan, setting, operation, start, random),
  };
}

function splitTraffic(traffic: Curve, oldShare: Curve | undefined, start: number): Sides {
  const share: Curve = (bucket, at) => (bucket < 0 ? 1 : (oldShare?.(bucket, at) ?? 0));
  return {
    old: layOutCurve((bucket, at) => traffic(bucket, at) * share(bucket, at), start),
    new: layOutCurve((bucket, at) => traffic(bucket, at) * (1 - share(bucket, at)), start),
  };
}

function drawErrors(
  { onset, straggler, risk, spawn = spawnSingly }: Plan,
  { perHour, residue }: Setting,
  operation: Sides,
  start: number,
  random: Random,
): Sides {
  const perBucket = perHour / BUCKETS_PER_HOUR;
  const first = onset ?? Number.NEGATIVE_INFINITY;
  const rates = layOutCurve(
    (bucket, at) => (bucket < first ? 0 : perBucket * (risk?.(bucket, at) ?? 1)),
    start,
  );
  const draw = (side: keyof Sides, left: number) =>
    spawn(
      rates.map((rate, i) => rate * left * (operation[side][i] ?? 0)),
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
