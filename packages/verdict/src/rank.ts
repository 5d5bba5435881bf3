import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import type { Series } from "./series.ts";

export type Rank = {
  /** Runs of the baseline with as much exposure as there was since the deploy. */
  readonly windows: number;
  /** Those of them that were as quiet as it has been since the deploy. */
  readonly quiet: number;
};

/** Running sums over the baseline, taken once for all questions about its runs. */
export type BaselineRuns = {
  /** Exposure before bucket i; one entry more than buckets. */
  readonly exposure: Float64Array;
  /** Active buckets before bucket i; one entry more than buckets. */
  readonly active: Uint32Array;
  /** Indices of the active buckets. */
  readonly at: readonly number[];
};

/** @param baseline buckets before the deploy, exposure clipped */
export function sumRuns({ events, exposure }: Series): BaselineRuns {
  const length = exposure.length;
  const sums = new Float64Array(length + 1);
  const active = new Uint32Array(length + 1);
  const at: number[] = [];
  for (let i = 0; i < length; i++) {
    const x = exposure[i] ?? Number.NaN;
    const isActive = !Number.isNaN(x) && (events[i] ?? 0) > 0;
    sums[i + 1] = (sums[i] ?? 0) + (Number.isNaN(x) ? 0 : x);
    active[i + 1] = (active[i] ?? 0) + (isActive ? 1 : 0);
    if (isActive) at.push(i);
  }
  return { exposure: sums, active, at };
}

/**
 * Asks whether the baseline ever was as quiet as it has been since the deploy, whatever the model says:
 * from each bucket with exposure, the shortest run with exposure >= `exposure`, and its active buckets.
 *
 * @param exposure exposure since the deploy
 * @param active active buckets since the deploy
 */
export function rankQuiet(runs: BaselineRuns, exposure: number, active: number): Rank {
  const length = runs.exposure.length - 1;
  const enough = exposure * (1 - 1e-9); // sums of fractions round either way
  let windows = 0;
  let quiet = 0;
  let end = 1;
  if (exposure <= 0) return { windows, quiet };
  for (let start = 0; start < length; start++) {
    const before = runs.exposure[start] ?? 0;
    if (!((runs.exposure[start + 1] ?? 0) > before)) continue;
    end = Math.max(end, start + 1);
    while (end <= length && (runs.exposure[end] ?? 0) - before < enough) end++;
    if (end > length) break;
    windows++;
    if ((runs.active[end] ?? 0) - (runs.active[start] ?? 0) <= active) quiet++;
  }
  return { windows, quiet };
}

/** Exposure of the longest run of the baseline with at most `active` active buckets; more is without precedent. */
export function longestQuiet({ exposure, at }: BaselineRuns, active: number): number {
  const borders = at.length + 2;
  const border = (i: number) => (i === 0 ? -1 : i > at.length ? exposure.length - 1 : (at[i - 1] ?? 0));
  let longest = 0;
  for (let i = 0; i < borders - 1; i++) {
    const from = border(i) + 1;
    const to = border(Math.min(i + active + 1, borders - 1));
    longest = Math.max(longest, (exposure[to] ?? 0) - (exposure[from] ?? 0));
  }
  return longest;
}

/**
 * Exposure from which on a run with at most `active` active buckets is without precedent. A week shows few days of rest, so
 * the longest of those is no measure of the next.
 */
export function leastWithoutPrecedent(runs: BaselineRuns, active: number): number {
  const longest = longestQuiet(runs, active);
  const isRest = longest >= exposureOfRest(runs) * (1 - 1e-9); // as rankQuiet rounds
  return (isRest ? RULE.precedent.ofRest : RULE.precedent.times) * longest;
}

/** Exposure of the run of the baseline that a quiet of so much exposure is held against. */
export const precedentFor = (runs: BaselineRuns, exposure: number): number =>
  Math.min(exposure / RULE.precedent.times, Math.max(exposure / RULE.precedent.ofRest, exposureOfRest(runs)));

/** What is used in as many hours as may be rest, by the mean of the baseline. */
const exposureOfRest = ({ exposure }: BaselineRuns): number =>
  (RULE.precedent.restHours * BUCKETS_PER_HOUR * (exposure.at(-1) ?? 0)) / Math.max(1, exposure.length - 1);
