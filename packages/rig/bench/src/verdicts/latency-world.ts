import { HOUR } from "@patchpilot/time";
import type { LatencyBucket } from "@patchpilot/verdict";
import { drawNormal, drawPoisson, type Random } from "./draws.ts";

export const DAY_HOURS = 24;

/** How days differ: each on its own, or each from the day before (a random walk). */
export type Drift = { readonly kind: "days" | "walk"; readonly size: number };

/** An operation as the simulation makes it: log-normal durations with a median of 100 ms at the mean of the cycle. */
export type LatencyWorld = {
  /** Requests an hour, the mean over the day. */
  readonly perHour: number;
  /** Standard deviation of the logarithm of durations. */
  readonly sigma: number;
  /** 0.5: traffic is half higher at the peak than on average, and latency rises by a fifth of that. */
  readonly cycle: number;
  readonly drift: Drift | null;
};

/** Durations of one hour in milliseconds, unsorted. */
export type Hour = { readonly at: number; readonly durations: Float64Array };

/** Factors by which days differ, oldest first. */
export function drawDays(days: number, drift: Drift | null, random: Random): number[] {
  const factors: number[] = [];
  let log = 0;
  for (let day = 0; day < days; day++) {
    const step = drift === null ? 0 : drift.size * drawNormal(random);
    log = drift?.kind === "walk" ? log + step : step;
    factors.push(Math.exp(log));
  }
  return factors;
}

/** The hour `hour` (counted from a midnight), slowed by `factor`. */
export function drawHour(world: LatencyWorld, hour: number, factor: number, random: Random): Hour {
  const phase = Math.cos((2 * Math.PI * ((hour % DAY_HOURS) - 14)) / DAY_HOURS);
  const mean = world.perHour * (1 + world.cycle * phase);
  const median = 100 * factor * (1 + 0.2 * world.cycle * phase);
  const durations = new Float64Array(drawPoisson(mean, random));
  for (let i = 0; i < durations.length; i++)
    durations[i] = median * Math.exp(world.sigma * drawNormal(random));
  return { at: hour * HOUR, durations };
}

/** What Sentry would tell of an hour; sorts its durations. */
export function measureHour({ at, durations }: Hour, aboveMs: number): LatencyBucket {
  durations.sort();
  return {
    at,
    samples: durations.length,
    p95: quantile(durations, 0.95),
    above: durations.reduce((count, ms) => count + (ms > aboveMs ? 1 : 0), 0),
  };
}

/** A quantile of all durations of some hours. */
export function quantileOf(hours: readonly Hour[], share: number): number {
  const all = new Float64Array(hours.reduce((sum, { durations }) => sum + durations.length, 0));
  let filled = 0;
  for (const { durations } of hours) {
    all.set(durations, filled);
    filled += durations.length;
  }
  return quantile(all.sort(), share) ?? 0;
}

function quantile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
