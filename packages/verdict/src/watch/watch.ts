import { type EvidenceCounts, hasBaseline, logMean, prepareRatio } from "../evidence.ts";
import { findLeast } from "../find-least.ts";
import { carriesEvidence } from "../hours.ts";
import { BUCKETS_PER_HOUR, RULE } from "../rule.ts";
import { addBucket, checkSeries, EMPTY_TALLY, type Series, type SeriesTally } from "../series.ts";
import { makeCounts, type RecoverySummary } from "../summary.ts";
import { type StartPoint, weighStarts } from "./start-points.ts";
import { WATCH } from "./watch-rule.ts";

/** What is known of the error before the deploy: the part of the close's summary that holds whatever came after. */
export type WatchBaseline = Pick<
  RecoverySummary,
  "active0" | "events0" | "n0" | "E0" | "first" | "phi" | "evidenceHours"
>;

export type WatchInput = {
  readonly before: WatchBaseline;
  /** Five-minute buckets from the close, or from later on, up to now; exposure in the unit of the baseline. */
  readonly since: Series;
  /** Buckets from the deploy to the first of `since`: if only some hours are evidence, these are counted from there. */
  readonly offset?: number;
  /** Buckets of `since` in which a release was first seen, by its traffic: errors must not choose them. */
  readonly releases?: readonly number[];
};

/** What the watch saw: plain JSON, enough to give the same answer again. The logarithms are natural. */
export type WatchSummary = {
  readonly rule: number;
  /** Active buckets, exposure, known buckets and all buckets since the close. */
  readonly c: number;
  readonly E: number;
  readonly known: number;
  readonly buckets: number;
  /** Errors since the close, for people only; absent from before it was kept. */
  readonly events?: number;
  /** For "30 % or more are back since some instant", against "5 % or less are left". */
  readonly logBack: number;
  /** The same for "a tenth". */
  readonly logTenth: number;
  /** For a return, and a tenth or less before it, against "a tenth has been left since the close"; absent from version 1. */
  readonly logReturn?: number;
  /** Hours since which it would be back most likely; null: nothing speaks for it. */
  readonly backSince: number | null;
  /**
   * For "5 % or less are left" against "30 % or more", over the last stretch: as long as it takes to tell them apart
   * and no longer, for a long silence would hide that it is back since this morning.
   */
  readonly logAway: number;
  /** Hours of that stretch, and its active buckets. */
  readonly lastHours: number;
  readonly lastC: number;
};

/** `tenth`: something is left or came back, but no more than about a tenth. */
export type WatchAnswer = "away" | "back" | "tenth" | "unclear";

/**
 * Reduces what came after a close to the numbers of the watch. The evidence for a return is a mixture over the
 * instants at which it may have begun: the sum over start points, one an hour, of weight times the likelihood ratio
 * of everything since (Gamma-Poisson, see logRatio: the rate before the deploy is integrated out). A mixture of
 * e-processes is one (Vovk and Wang, "E-values: calibration, combination and applications", 2021), so it may be
 * looked at any number of times. It is computed from all counts at each look and keeps no state.
 *
 * @throws RangeError where the series is not one of counts
 */
export function summariseWatch({ before, since, offset = 0, releases = [] }: WatchInput): WatchSummary {
  checkSeries("watched", since);
  const counts = makeCounts({ ...before, c: 0, E: 0 });
  const length = since.exposure.length;
  const { stretches, total } = sumStretches({ before, since, offset }, weighStarts(length, releases));
  const known = hasBaseline(counts) ? stretches : [];
  return {
    rule: WATCH.version,
    c: total.active,
    E: total.exposure,
    known: total.known,
    buckets: length,
    events: total.events,
    ...weighReturn(known, counts),
    logReturn: weighAgainstLeft(known, counts),
    ...weighLast(known, counts),
  };
}

/** The answer that the numbers of a summary give. */
export function decideWatch({
  logBack,
  logTenth,
  logReturn = Number.POSITIVE_INFINITY,
  logAway,
}: Pick<WatchSummary, "logBack" | "logTenth" | "logReturn" | "logAway">): WatchAnswer {
  const isBackProven = logBack >= Math.log(WATCH.backAt);
  const isNoTenth = logBack - logTenth >= Math.log(WATCH.overTenth) && logReturn >= Math.log(WATCH.overLeft);
  if (isBackProven && isNoTenth) return "back";
  if (isBackProven || logTenth >= Math.log(WATCH.backAt)) return "tenth";
  return logAway >= Math.log(WATCH.awayAt) ? "away" : "unclear";
}

/** From a start point up to now. */
type Stretch = {
  readonly c: number;
  /** Those of them in hours that carry no evidence: they speak against "away", and for no return. */
  readonly aside: number;
  readonly E: number;
  readonly hours: number;
} & Pick<StartPoint, "weight" | "soon">;

/** The stretches from all start points up to now, the shortest first. */
function sumStretches(
  { before, since: { events, exposure }, offset }: Required<Omit<WatchInput, "releases">>,
  starts: readonly StartPoint[],
) {
  const hours = before.evidenceHours ?? null;
  const ceiling = before.n0 > 0 ? (RULE.exposureCap * before.E0) / before.n0 : Number.POSITIVE_INFINITY;
  const stretches: Stretch[] = [];
  const total: { -readonly [Name in keyof SeriesTally]: number } = { ...EMPTY_TALLY };
  let next = starts.length - 1;
  for (let i = exposure.length - 1; i >= 0; i--) {
    const x = Math.min(exposure[i] ?? Number.NaN, ceiling);
    addBucket(total, events[i] ?? 0, x, carriesEvidence(hours, offset + i));
    for (let start = starts[next]; start !== undefined && start.at === i; start = starts[--next])
      stretches.push({
        c: total.active,
        aside: total.aside,
        E: total.exposure,
        hours: (exposure.length - i) / BUCKETS_PER_HOUR,
        weight: start.weight,
        soon: start.soon,
      });
  }
  return { stretches, total };
}

/** What starts later than now says nothing yet: its likelihood ratio is 1. Both hypotheses err on the side of no return. */
function weighReturn(
  stretches: readonly Stretch[],
  counts: EvidenceCounts,
): Pick<WatchSummary, "logBack" | "logTenth" | "backSince"> {
  const back = prepareRatio(WATCH.back, counts.k0 + 1, counts);
  const tenth = prepareRatio(WATCH.tenth, counts.k0 + 1, counts);
  const started = stretches.reduce((sum, { weight }) => sum + weight, 0);
  const pending = Math.log(Math.max(1 - started, Number.MIN_VALUE));
  const backs = [pending];
  const tenths = [pending];
  let most = 0;
  let backSince: number | null = null;
  for (const { c, aside, E, weight, hours } of stretches) {
    const log = back(c - aside, E);
    backs.push(Math.log(weight) + log);
    tenths.push(Math.log(weight) + tenth(c - aside, E));
    if (log > most) backSince = hours;
    most = Math.max(most, log);
  }
  return { logBack: logSum(backs), logTenth: logSum(tenths), backSince };
}

/**
 * The evidence for a return against "a tenth has been left since the first bucket": what came before the return has its
 * say, for it is what separates them. Again a mixture of e-processes.
 */
function weighAgainstLeft(stretches: readonly Stretch[], counts: EvidenceCounts): number {
  const before = prepareRatio(WATCH.left.before, counts.k0 + 1, counts);
  const since = prepareRatio(WATCH.left.since, counts.k0 + 1, counts);
  const all = stretches.at(-1);
  if (all === undefined) return 0;
  const pending = 1 - stretches.reduce((sum, { soon }) => sum + soon, 0);
  const begun = stretches.map(({ c, aside, E, soon }) => {
    const earlier = before(all.c - all.aside - (c - aside), all.E - E);
    return Math.log(soon) + earlier + since(c - aside, E);
  });
  return logSum([Math.log(Math.max(pending, Number.MIN_VALUE)) + before(all.c - all.aside, all.E), ...begun]);
}

const logSum = (logs: readonly number[]): number => logMean(logs) + Math.log(logs.length);

/** Silence over `needed` rules out 30 %; over some times as much, it may hold an error or two. */
function weighLast(
  stretches: readonly Stretch[],
  counts: EvidenceCounts,
): Pick<WatchSummary, "logAway" | "lastHours" | "lastC"> {
  const away = prepareRatio(WATCH.away, counts.k0, counts);
  const needed = findLeast((E) => away(0, E) >= Math.log(WATCH.awayAt), {
    start: counts.E0,
    doublings: 40,
    halvings: 100,
    precision: 1e-9,
  });
  const wanted = WATCH.awayOver * (needed ?? Number.POSITIVE_INFINITY);
  const last = stretches.find(({ E }) => E >= wanted) ?? stretches.at(-1);
  if (last === undefined) return { logAway: 0, lastHours: 0, lastC: 0 };
  return { logAway: away(last.c, last.E), lastHours: last.hours, lastC: last.c };
}
