import { LOG_THRESHOLD, logRatio } from "./evidence.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";

/** Events of a project in whole hours, oldest first. */
export type LossHours = {
  /** All events: stored, or lost in whatever way. */
  readonly sent: readonly number[];
  /** Those that were lost in one way. */
  readonly lost: readonly number[];
  /** Milliseconds since the epoch at which the first hour begins. */
  readonly from: number;
};

/** Lost events before and since the deploy. Plain JSON. */
export type LossSummary = {
  readonly lost0: number;
  readonly sent0: number;
  readonly lost: number;
  readonly sent: number;
  /** Lost events by hour, none counted higher than an hour's usual number of events: their sums. */
  readonly k0: number;
  readonly c: number;
  /** Hours before and since, each weighted by what used to be lost at that hour of the day. */
  readonly E0: number;
  readonly E: number;
  /** Hours since, and those of them in which the share of lost events was ten points higher than before. */
  readonly hours: number;
  readonly hit: number;
  /** Index of dispersion of the hours before; at least 1. */
  readonly phi: number;
};

/** Fewer lost events tell nothing. */
const LEAST_LOST = 5;

/** A share that is higher by ten points has risen. */
const POINTS = 0.1;

/** A filter may drop one error alone, whatever else is sent: a tenth of its errors, and a share half as high again. */
const HIDDEN = 0.1;
const HIGHER = 1.5;

/** How events are lost: to a limit on the way into Sentry, or to a filter or sampling, which someone has set. */
export const LOSSES = ["limited", "discarded"] as const;
export type Loss = (typeof LOSSES)[number];

/** Factors of what was lost before, against as much. Filters always drop something, and that drifts. */
const RISEN = { limited: [1.3, 2, 5, 20], discarded: [2, 5, 20] };

/** @param since hours that begin at the deploy or later */
export function summariseLosses(before: LossHours, since: LossHours): LossSummary {
  const sent0 = sum(before.sent);
  const usual = Math.max(1, sent0 / Math.max(1, before.sent.length));
  const clip = (counts: readonly number[]) => counts.map((count) => Math.min(count, usual));
  const lost = clip(before.lost);
  const weigh = weighHours(before.from, lost);
  const k0 = sum(lost);
  const E0 = sum(lost.map((_, hour) => weigh(before.from, hour)));
  const lost0 = sum(before.lost);
  const hitFrom = lost0 / Math.max(1, sent0) + POINTS;
  return {
    lost0,
    sent0,
    hours: since.lost.length,
    hit: since.lost.filter((count, hour) => count > 0 && count >= hitFrom * (since.sent[hour] ?? 0)).length,
    lost: sum(since.lost),
    sent: sum(since.sent),
    k0,
    c: sum(clip(since.lost)),
    E0,
    E: sum(since.lost.map((_, hour) => weigh(since.from, hour))),
    phi: disperse(lost, k0 / Math.max(1, lost.length)),
  };
}

/**
 * Is more lost since the deploy than before? Five events at least; their share of all is higher by ten points; and their
 * number has risen too (mean Gamma-Poisson likelihood ratio of the factors of `RISEN` to one, at 20): the share alone
 * also rises if a fix ends most of what was sent. A limit that is reached in fewer than a tenth of the hours hides little.
 * Of what is discarded every event is known, so fewer than a tenth of the five minutes with errors that were to be
 * expected hide nothing; and if they could hide a tenth of the incident's errors, a share half as high again is enough.
 * @param own errors of the incident to be expected since the deploy
 */
export function haveLossesRisen(loss: Loss, summary: LossSummary, own: number): boolean {
  const { k0, E0, E, c, phi, lost, sent0 } = summary;
  if (sent0 === 0 || E0 <= 0 || lost < LEAST_LOST) return false;
  if (!isShareHigher(loss, summary, own)) return false;
  return (
    logRatio({ nothing: 1, instead: RISEN[loss] }, k0 + 1, { k0, E0, c, E, lam: 0, phi }) >= LOG_THRESHOLD
  );
}

function isShareHigher(loss: Loss, summary: LossSummary, own: number): boolean {
  const { before, since } = shareLost(summary);
  const isTenPoints = since - before >= POINTS;
  const { lost, lost0, E, E0, hit, hours } = summary;
  if (loss === "limited") return isTenPoints && hit >= POINTS * hours;
  const surplus = lost - (lost0 * E) / E0;
  if (isTenPoints) return surplus > 0 && surplus >= HIDDEN * Math.min(own, E * BUCKETS_PER_HOUR);
  return since >= HIGHER * before && own > 0 && surplus >= HIDDEN * own;
}

/** Shares of all events that were lost, 0 to 1. */
export const shareLost = ({ lost0, sent0, lost, sent }: LossSummary) => ({
  before: sent0 === 0 ? 0 : lost0 / sent0,
  since: sent === 0 ? 0 : lost / sent,
});

const HOUR_MS = 3_600_000;
const hourOfDay = (from: number, hour: number) => (Math.floor(from / HOUR_MS) + hour) % 24;

/** What used to be lost at an hour of the day, in means of all hours, drawn towards 1 by one hour's worth. */
function weighHours(from: number, lost: readonly number[]): (from: number, hour: number) => number {
  const mean = sum(lost) / Math.max(1, lost.length);
  if (mean === 0) return () => 1;
  const hours = Array.from({ length: 24 }, () => ({ count: mean, days: 1 }));
  lost.forEach((count, hour) => {
    const entry = hours[hourOfDay(from, hour)];
    if (entry === undefined) return;
    entry.count += count;
    entry.days++;
  });
  return (begin, hour) => {
    const { count, days } = hours[hourOfDay(begin, hour)] ?? { count: mean, days: 1 };
    return count / days / mean;
  };
}

function disperse(counts: readonly number[], mean: number): number {
  if (mean === 0 || counts.length < 2) return 1;
  const squares = sum(counts.map((count) => (count - mean) ** 2));
  return Math.max(1, squares / (counts.length - 1) / mean);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
