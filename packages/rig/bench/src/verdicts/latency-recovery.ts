import {
  decideLatencyRecovery,
  type LatencyBucket,
  type RecoveryVerdict,
  summariseLatencyRecovery,
} from "@patchpilot/verdict";
import type { Random } from "./draws.ts";
import {
  DAY_HOURS,
  drawDays,
  drawHour,
  type LatencyWorld,
  measureHour,
  quantileOf,
} from "./latency-world.ts";

/** A regression, a deploy, and two days of looks after it. */
export type RecoveryCell = LatencyWorld & {
  /** How many times slower the operation became. */
  readonly factor: number;
  /** Share of the slowdown that the deploy left, in logarithms: 0 fast again, 1 nothing fixed. */
  readonly left: number;
  /** Hours for which it was slow. */
  readonly slowHours: number;
};

const WEEK_HOURS = 7 * DAY_HOURS;
const LOOK_HOURS = 48;

export type RecoveryTrial = { readonly verdict: RecoveryVerdict; readonly hours: number };

/** Looks after every hour, as new hours come in; the first verdict that ends the matter counts. */
export function playRecovery(cell: RecoveryCell, random: Random): RecoveryTrial {
  const start = Math.floor(random() * DAY_HOURS);
  const total = WEEK_HOURS + cell.slowHours + LOOK_HOURS;
  const days = drawDays(Math.ceil((start + total) / DAY_HOURS), cell.drift, random);
  const play = (from: number, length: number, factor: number) =>
    Array.from({ length }, (_, i) => {
      const hour = start + from + i;
      return drawHour(cell, hour, (days[Math.floor(hour / DAY_HOURS)] ?? 1) * factor, random);
    });
  const fast = play(0, WEEK_HOURS, 1);
  const slow = play(WEEK_HOURS, cell.slowHours, cell.factor);
  const since = play(WEEK_HOURS + cell.slowHours, LOOK_HOURS, cell.factor ** cell.left);
  const aboveMs = quantileOf(fast, 0.9);
  const measure = (hours: typeof fast) => hours.map((hour) => measureHour(hour, aboveMs));
  return look(measure(fast), measure(slow), measure(since));
}

function look(
  before: readonly LatencyBucket[],
  slow: readonly LatencyBucket[],
  since: readonly LatencyBucket[],
): RecoveryTrial {
  let verdict: RecoveryVerdict = "waiting";
  for (let hours = 1; hours <= since.length; hours++) {
    const seen = since.slice(0, hours);
    const input = { before, slow, since: seen, thresholdMs: null, minSamples: 100, hoursSinceDeploy: hours };
    verdict = decideLatencyRecovery(summariseLatencyRecovery(input)).verdict;
    if (verdict === "recovered" || verdict === "failing" || verdict === "inconclusive")
      return { verdict, hours };
  }
  return { verdict, hours: since.length };
}
