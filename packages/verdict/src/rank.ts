import type { Series } from "./series.ts";

export type Rank = {
  /** Runs of the baseline with as much exposure as there was since the deploy. */
  readonly windows: number;
  /** Those of them that were as quiet as it has been since the deploy. */
  readonly quiet: number;
  /** Exposure of the longest run of the baseline that was as quiet; more than this is without precedent. */
  readonly quietest: number;
};

/**
 * Asks whether the baseline ever was as quiet as it has been since the deploy, whatever the model says:
 * from each bucket with exposure, the shortest run with exposure >= `exposure`, and its active buckets.
 *
 * @param baseline buckets before the deploy, exposure clipped
 * @param exposure exposure since the deploy
 * @param active active buckets since the deploy
 */
export function rankQuiet(baseline: Series, exposure: number, active: number): Rank {
  const sums = prefixSums(baseline);
  return { ...countWindows(baseline, sums, exposure, active), quietest: longestQuiet(sums, active) };
}

type Sums = {
  /** Exposure before bucket i; one entry more than buckets. */
  readonly exposure: Float64Array;
  readonly active: Uint32Array;
  /** Indices of the active buckets. */
  readonly at: readonly number[];
};

function prefixSums({ events, exposure }: Series): Sums {
  const length = exposure.length;
  const sums = {
    exposure: new Float64Array(length + 1),
    active: new Uint32Array(length + 1),
    at: [] as number[],
  };
  for (let i = 0; i < length; i++) {
    const x = exposure[i] ?? Number.NaN;
    const isActive = !Number.isNaN(x) && (events[i] ?? 0) > 0;
    sums.exposure[i + 1] = (sums.exposure[i] ?? 0) + (Number.isNaN(x) ? 0 : x);
    sums.active[i + 1] = (sums.active[i] ?? 0) + (isActive ? 1 : 0);
    if (isActive) sums.at.push(i);
  }
  return sums;
}

function countWindows(baseline: Series, sums: Sums, exposure: number, active: number) {
  const length = baseline.exposure.length;
  const enough = exposure * (1 - 1e-9); // sums of fractions round either way
  let windows = 0;
  let quiet = 0;
  let end = 1;
  if (exposure <= 0) return { windows, quiet };
  for (let start = 0; start < length; start++) {
    if (!((baseline.exposure[start] ?? 0) > 0)) continue;
    end = Math.max(end, start + 1);
    while (end <= length && (sums.exposure[end] ?? 0) - (sums.exposure[start] ?? 0) < enough) end++;
    if (end > length) break;
    windows++;
    if ((sums.active[end] ?? 0) - (sums.active[start] ?? 0) <= active) quiet++;
  }
  return { windows, quiet };
}

function longestQuiet({ exposure, at }: Sums, active: number): number {
  const borders = [-1, ...at, exposure.length - 1];
  let longest = 0;
  for (let i = 0; i < borders.length - 1; i++) {
    const from = (borders[i] ?? 0) + 1;
    const to = borders[Math.min(i + active + 1, borders.length - 1)] ?? 0;
    longest = Math.max(longest, (exposure[to] ?? 0) - (exposure[from] ?? 0));
  }
  return longest;
}
