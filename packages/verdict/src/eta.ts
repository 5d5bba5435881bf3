import { carriesEvidence, type EvidenceHours } from "./hours.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { meanKnown, sameHours } from "./same-hours.ts";

/** What takes longer than this is never: last week says nothing about the year after next. */
const MOST_HOURS = 365 * 24;

/**
 * Hours until a further exposure has passed, walked through the same hours of last week, else of the last
 * day, else at the mean pace of the baseline.
 *
 * @param further exposure still wanted; null: never
 * @param baseline exposure before the deploy, in buckets that end at it
 * @param passed buckets since the deploy
 * @param hours the hours in which exposure counts; null: all
 * @returns hours from the last of those buckets; null where it would take more than a year
 */
export function hoursForExposure(
  further: number | null,
  baseline: readonly number[],
  passed: number,
  hours: EvidenceHours | null = null,
): number | null {
  if (further === null) return null;
  if (further <= 0) return 0;
  if (hours !== null) return walkHours(further, sameHours(baseline), passed, hours);
  const atMeanPace = further / meanKnown(baseline) / BUCKETS_PER_HOUR;
  if (!(atMeanPace <= MOST_HOURS)) return null;
  const pattern = sameHours(baseline);
  if (pattern.length === 1) return atMeanPace;
  const walked = walkPattern(pattern, further, passed % pattern.length) / BUCKETS_PER_HOUR;
  return walked <= MOST_HOURS ? walked : null;
}

function walkHours(
  further: number,
  pattern: readonly number[],
  passed: number,
  hours: EvidenceHours,
): number | null {
  let left = further;
  for (let i = passed; i < passed + MOST_HOURS * BUCKETS_PER_HOUR; i++) {
    if (carriesEvidence(hours, i)) left -= pattern[i % pattern.length] ?? 0;
    if (left <= 0) return (i + 1 - passed) / BUCKETS_PER_HOUR;
  }
  return null;
}

/**
 * Buckets until `further` has come by a pattern that repeats, whole rounds first; Infinity if the pattern is empty.
 * @param offset where in the pattern it begins
 */
export function walkPattern(pattern: readonly number[], further: number, offset: number): number {
  const total = pattern.reduce((sum, x) => sum + x, 0);
  const rounds = Math.max(0, Math.ceil(further / total) - 1);
  if (!Number.isFinite(rounds)) return Number.POSITIVE_INFINITY;
  let left = further - rounds * total;
  let steps = 0;
  while (left > 0 && steps <= pattern.length) left -= pattern[(offset + steps++) % pattern.length] ?? 0;
  return rounds * pattern.length + steps;
}
