import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "./rule.ts";

/**
 * Hours until a further exposure has passed, walked through the same hours of last week, else of the last
 * day, else at the mean pace of the baseline.
 *
 * @param further exposure still wanted; null: never
 * @param baseline exposure before the deploy, in buckets that end at it
 * @param passed buckets since the deploy
 * @returns hours from the last of those buckets; null where it never comes
 */
export function hoursForExposure(
  further: number | null,
  baseline: readonly number[],
  passed: number,
): number | null {
  if (further === null) return null;
  if (further <= 0) return 0;
  const mean = meanKnown(baseline);
  if (mean === 0) return null;
  const period = [BUCKETS_PER_WEEK, BUCKETS_PER_DAY].find((length) => length <= baseline.length);
  if (period === undefined) return further / mean / BUCKETS_PER_HOUR;
  const pattern = baseline.slice(-period).map((x) => (Number.isNaN(x) ? mean : x));
  const buckets = walk(pattern, further, passed % period);
  return buckets === null ? null : buckets / BUCKETS_PER_HOUR;
}

function walk(pattern: readonly number[], further: number, offset: number): number | null {
  const total = pattern.reduce((sum, x) => sum + x, 0);
  if (total === 0) return null;
  const rounds = Math.max(0, Math.ceil(further / total) - 1);
  let left = further - rounds * total;
  let steps = rounds * pattern.length;
  for (let i = offset; left > 0; i++, steps++) left -= pattern[i % pattern.length] ?? 0;
  return steps;
}

function meanKnown(exposure: readonly number[]): number {
  let sum = 0;
  let known = 0;
  for (const x of exposure) {
    if (Number.isNaN(x)) continue;
    sum += x;
    known++;
  }
  return known === 0 ? 0 : sum / known;
}
