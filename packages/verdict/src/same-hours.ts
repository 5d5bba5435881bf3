import { BUCKETS_PER_DAY, BUCKETS_PER_WEEK } from "./rule.ts";

/**
 * The exposure to expect in each bucket after the deploy: that of the same hours of last week, else of the
 * last day, else the mean. Bucket i after the deploy is entry i modulo the length; unknown buckets get the mean.
 *
 * @param baseline exposure before the deploy, in buckets that end at it
 */
export function sameHours(baseline: readonly number[]): readonly number[] {
  const mean = meanKnown(baseline);
  const period = [BUCKETS_PER_WEEK, BUCKETS_PER_DAY].find((length) => length <= baseline.length);
  if (period === undefined) return [mean];
  return baseline.slice(-period).map((x) => (Number.isNaN(x) ? mean : x));
}

/** Mean exposure of the known buckets; 0 where there is none. */
export function meanKnown(exposure: readonly number[]): number {
  let sum = 0;
  let known = 0;
  for (const x of exposure) {
    if (Number.isNaN(x)) continue;
    sum += x;
    known++;
  }
  return known === 0 ? 0 : sum / known;
}
