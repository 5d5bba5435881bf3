import { BUCKET, BUCKETS_PER_DAY, BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "./rule.ts";

export type GoneTraffic = {
  /** Index of the first silent bucket. */
  readonly since: number;
  /** Use that the same hours had a week before, or as the days of this week have it if that is less. */
  readonly expected: number;
  /** Natural logarithm of the chance of so long a silence if nothing had changed. */
  readonly logChance: number;
};

/** The chance of silence is at most so much: one look in a million would be a false alarm. */
const LEAST_LOG = Math.log(1e-6);
/** A shorter silence may be a restart. */
const LEAST_BUCKETS = 3;
/** The hours before the silence that show how much of the usual use this day has: a holiday has little. */
const LEVEL_BUCKETS = BUCKETS_PER_DAY / 2;
/** That many of the usual visits are taken for granted, for a quiet night says nothing of the day. */
const LEVEL_PRIOR = 5;
/** As long a silence as one of the week before, and this much more. */
const PRECEDENT = 1.5;
/** More use than this, expected in the time between the last of it and the deploy: it had stopped before. */
const MOST_BEFORE = 3;

/**
 * Has all use of an app stopped since a deploy, at hours at which it never did? Undefined where it has not, and where
 * that cannot be known: without a whole week before, at hours without use, or where so few come that none may be chance.
 *
 * Counts of use scatter more than chance, so their number is taken as negative binomial with a variance of phi times the
 * mean (the form NB1 of Cameron and Trivedi, "Regression Analysis of Count Data", 2nd edition, 2013). The chance of
 * none of it where m are expected is then phi^(-m / (phi - 1)), which for phi = 1 is Poisson's exp(-m). phi is the mean
 * square difference of each hour of the week before from the same hours of the other days of its kind (of the working week,
 * or of the weekend), over the mean. m is the least of what the hours had a week before and what those days had,
 * times how much of the usual use the twelve hours before the silence had. Beside the chance, no silence of the week before may
 * be two thirds as long, in use that the other days had then: a night is no outage, nor is a day of rest.
 *
 * @param counts use of the whole app, in five-minute buckets that were counted and not extrapolated, NaN where it is not
 *   known; without the newest, in which providers may be late
 * @param deploy index of the first bucket after the deploy
 * @param start when the first bucket begins, in milliseconds since the epoch
 */
export function findGoneTraffic(
  counts: readonly number[],
  deploy: number,
  start: number,
): GoneTraffic | undefined {
  const end = counts.length;
  const since = counts.findLastIndex((count) => count > 0) + 1;
  if (since === 0 || deploy < BUCKETS_PER_WEEK || end - Math.max(since, deploy) < LEAST_BUCKETS)
    return undefined;
  if (counts.slice(Math.max(since, deploy)).some(Number.isNaN)) return undefined;
  const usual = (index: number) => expectAt(counts, deploy, start, index);
  if (deploy - since > LEAST_BUCKETS && sumOver(since, deploy, usual) > MOST_BEFORE) return undefined;
  const from = Math.max(since, deploy);
  const level = measureLevel(counts, since, usual);
  const expected = level * Math.min(sumOver(from, end, usual), countWeekBefore(counts, from, end));
  const phi = measurePhi(counts, deploy, usual);
  const logChance = phi > 1 ? (-expected * Math.log(phi)) / (phi - 1) : -expected;
  if (logChance > LEAST_LOG) return undefined;
  if (expected < PRECEDENT * longestSilence(counts, deploy, usual)) return undefined;
  return { since: from, expected, logChance };
}

/** What as long a time had a week before, by the mean with an hour on either side: few visits scatter. */
function countWeekBefore(counts: readonly number[], from: number, end: number): number {
  const begin = Math.max(0, from - BUCKETS_PER_WEEK - BUCKETS_PER_HOUR);
  const until = end - BUCKETS_PER_WEEK + BUCKETS_PER_HOUR;
  const sum = sumOver(begin, until, (index) => known(counts[index]));
  return (sum * (end - from)) / (until - begin);
}

const known = (count: number | undefined): number => (count === undefined || Number.isNaN(count) ? 0 : count);

function sumOver(from: number, until: number, at: (index: number) => number): number {
  let sum = 0;
  for (let index = from; index < until; index++) sum += at(index);
  return sum;
}

/** In UTC. */
const isWeekend = (start: number, index: number): boolean =>
  [0, 6].includes(new Date(start + index * BUCKET).getUTCDay());

/** The mean of the same five minutes and of those beside them, on the other days of its kind in the week before the deploy. */
function expectAt(counts: readonly number[], deploy: number, start: number, index: number): number {
  const kind = isWeekend(start, index);
  let [sum, days] = [0, 0];
  for (let back = -7; back <= 14; back++) {
    const other = index - back * BUCKETS_PER_DAY;
    if (back === 0 || other < Math.max(0, deploy - BUCKETS_PER_WEEK) || other >= deploy) continue;
    if (isWeekend(start, other) !== kind) continue;
    sum += (known(counts[other - 1]) + known(counts[other]) + known(counts[other + 1])) / 3;
    days++;
  }
  return days === 0 ? 0 : sum / days;
}

/** How much of the usual use there was before the silence, at most all of it. */
function measureLevel(counts: readonly number[], since: number, usual: (index: number) => number): number {
  const from = Math.max(0, since - LEVEL_BUCKETS);
  const seen = sumOver(from, since, (index) => known(counts[index]));
  return Math.min(1, (LEVEL_PRIOR + seen) / (LEVEL_PRIOR + sumOver(from, since, usual)));
}

/** How much the hours of the week before the deploy scatter about the usual, at least as chance alone. */
function measurePhi(counts: readonly number[], deploy: number, usual: (index: number) => number): number {
  let [squares, total] = [0, 0];
  for (let from = deploy - BUCKETS_PER_WEEK; from + BUCKETS_PER_HOUR <= deploy; from += BUCKETS_PER_HOUR) {
    const expected = sumOver(from, from + BUCKETS_PER_HOUR, usual);
    const seen = sumOver(from, from + BUCKETS_PER_HOUR, (index) => known(counts[index]));
    squares += (seen - expected) ** 2;
    total += expected;
  }
  return total === 0 ? 1 : Math.max(1, squares / total);
}

/** The most use that was to be expected in one silence of the week before the deploy. */
function longestSilence(counts: readonly number[], deploy: number, usual: (index: number) => number): number {
  let [longest, current] = [0, 0];
  for (let index = deploy - BUCKETS_PER_WEEK; index < deploy; index++) {
    current = known(counts[index]) > 0 ? 0 : current + usual(index);
    longest = Math.max(longest, current);
  }
  return longest;
}
