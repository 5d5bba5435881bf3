import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Random } from "../draws.ts";
import { BUCKETS, type Plan } from "./plan.ts";
import { spawnSingly } from "./spawn.ts";
import { layOutCurve, type Sides, type Truth } from "./truth.ts";
import type { World } from "./world.ts";

/** Errors an hour of the project's other issues, in its usual traffic. */
export const OTHERS_PER_HOUR = 6;
/** Events an hour that never count as errors. There are always some. */
export const LOST_PER_HOUR = { filtered: 1, rateLimited: 0.02, discarded: 0.5 } as const;

type Stored = Pick<World, "others" | "outcomes"> & {
  readonly errors: Sides;
  /** Share of all errors that is stored, by bucket. */
  readonly kept: readonly number[];
};

/** What the sensor makes of the errors that happened: which are stored, and what became of the others. */
export function drawStored(plan: Plan, { errors, project }: Truth, start: number, random: Random): Stored {
  const traffic = project.old.map((x, i) => x + (project.new[i] ?? 0));
  const usual = usualTraffic(traffic);
  const draw = (perHour: number) =>
    spawnSingly(
      traffic.map((x) => (perHour / BUCKETS_PER_HOUR) * (x / usual)),
      random,
    );
  const kept = keptShares(plan, start);
  const lost = {
    filtered: draw(LOST_PER_HOUR.filtered),
    rateLimited: draw(LOST_PER_HOUR.rateLimited),
    discarded: draw(LOST_PER_HOUR.discarded),
  };
  const sift = (counts: readonly number[]) =>
    counts.map((count, i) => {
      const stored = drawKept(count, kept[i] ?? 1, random);
      const reason = lost[plan.dropped?.as ?? "discarded"];
      reason[i] = (reason[i] ?? 0) + count - stored;
      return stored;
    });
  const stored = { old: sift(errors.old), new: sift(errors.new) };
  const others = sift(draw(OTHERS_PER_HOUR));
  const accepted = others.map((count, i) => count + (stored.old[i] ?? 0) + (stored.new[i] ?? 0));
  return { errors: stored, others, outcomes: { accepted, ...lost }, kept };
}

/** Mean of the buckets before the deploy that have any. */
function usualTraffic(traffic: readonly number[]): number {
  const some = traffic.filter((x) => x > 0);
  return some.length === 0 ? 1 : some.reduce((sum, x) => sum + x, 0) / some.length;
}

const ALL: readonly number[] = new Array<number>(BUCKETS).fill(1);

const keptShares = ({ dropped }: Plan, start: number): readonly number[] =>
  dropped === undefined ? ALL : layOutCurve((bucket, at) => 1 - dropped.share(bucket, at), start);

function drawKept(count: number, share: number, random: Random): number {
  if (share >= 1 || count === 0) return count;
  let kept = 0;
  for (let each = 0; each < count; each++) if (random() < share) kept++;
  return kept;
}
