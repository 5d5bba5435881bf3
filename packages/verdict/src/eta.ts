import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "./rule.ts";

/** What takes longer than this is never: last week says nothing about the year after next. */
const MOST_HOURS = 365 * 24;

/**
 * Hours until a further exposure has passed, walked through the same hours of last week, else of the last
 * day, else at the mean pace of the baseline.
 *
 * @param further exposure still wanted; null: never
 * @param baseline exposure before the deploy, in buckets that end at it
 * @param passed buckets since the deploy
 * @returns hours from the last of those buckets; null where it would take more than a year
 */
export function hoursForExposure(
  further: number | null,
  baseline: readonly number[],
  passed: number,
): number | null {
  if (further === null) return null;
  if (further <= 0) return 0;
  const mean = meanKnown(baseline);
  const atMeanPace = further / mean / BUCKETS_PER_HOUR;
  if (!(atMeanPace <= MOST_HOURS)) return null;
  const period = [BUCKETS_PER_WEEK, BUCKETS_PER_DAY].find((length) => length <= baseline.length);
  if (period === undefined) return atMeanPace;
  const pattern = baseline.slice(-period).map((x) => (Number.isNaN(x) ? mean : x));
  const buckets = walk(pattern, further, passed % period);
  return buckets / BUCKETS_PER_HOUR <= MOST_HOURS ? buckets / BUCKETS_PER_HOUR : null;
}

/** Buckets until `further` is reached, whole rounds of the pattern first; Infinity where the pattern is empty. */
function walk(pattern: readonly number[], further: number, offset: number): number {
  const total = pattern.reduce((sum, x) => sum + x, 0);
  const rounds = Math.max(0, Math.ceil(further / total) - 1);
  if (!Number.isFinite(rounds)) return Number.POSITIVE_INFINITY;
  let left = further - rounds * total;
  let steps = 0;
  while (left > 0 && steps <= pattern.length) left -= pattern[(offset + steps++) % pattern.length] ?? 0;
  return rounds * pattern.length + steps;
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
