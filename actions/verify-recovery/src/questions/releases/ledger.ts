import { DAY, HOUR, WEEK } from "@patchpilot/time";
import { alignAnchor, BUCKET, BUCKETS_PER_HOUR, countByBucket, type Series } from "@patchpilot/verdict";
import type { ErrorHistory, ExposureHistory, TimeSpan } from "../sources.ts";
import { type CountedTraffic, exposureIn } from "../traffic/count.ts";
import type { ReleaseRow, ReleasesFact } from "./facts.ts";
import type { Left } from "./fade.ts";
import { weighFading } from "./fading.ts";
import { isInstalled } from "./installed.ts";
import type { ReleaseSighting } from "./order.ts";
import {
  LATELY_MS,
  listBusiest,
  type Placements,
  type SplitTraffic,
  splitByHour,
  splitTraffic,
} from "./traffic.ts";

/** The newest hours are as many as would have brought so many errors at the old rate. */
const LATELY_ERRORS = 10;

/** A bucket counts for at most so many times the mean of the active ones before. */
const BURST = 3;

/** A record holds 4 KB, and releases are not all of it. */
const MOST_ROWS = 4;
const LONGEST_NAME = 64;

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

export type Bookkeeping = {
  readonly anchor: number;
  /** The error's first, or its regression. */
  readonly onset: number;
  readonly history: ErrorHistory;
  readonly traffic: CountedTraffic;
  readonly placements: Placements;
  /** How far counts are to be trusted. */
  readonly until: number;
  /** Of the errors before the deploy, at least 1. */
  readonly dispersion: number;
};

/**
 * What the releases in production raise: share of traffic and errors of those that hold the fix and of those that do not.
 * @returns undefined where no release is named, or nothing is known since the deploy yet
 */
export function keepLedger(books: Bookkeeping): ReleasesFact | undefined {
  const { placements, traffic, until } = books;
  const anchor = alignAnchor(books.anchor);
  if (placements.size === 0 || until - anchor < BUCKET) return undefined;
  const exposure = traffic.source !== "clock" && traffic.exposure.byRelease ? traffic.exposure : undefined;
  const whole = { from: anchor, until };
  const newest = { from: Math.max(anchor, until - LATELY_MS), until };
  const split = exposure && splitTraffic(exposure, placements, whole);
  const fixed = listNamed(books).filter(({ release }) => placements.get(release)?.holds === true);
  const old = listNamed(books).filter(({ release }) => placements.get(release)?.holds !== true);
  const rows = listRows(books, exposure, whole, newest);
  const before = measureBefore(books);
  const { events, exposure: amounts } = layOut(books, old, whole);
  const since = { events: before.clip(events), exposure: amounts };
  return {
    rows: rows.slice(0, MOST_ROWS),
    further: Math.max(0, rows.length - MOST_ROWS),
    hours: round((until - anchor) / HOUR),
    fixed: { errors: countWithin(fixed, whole), traffic: split ? Math.round(split.fixed) : null },
    old: { errors: countWithin(old, whole), traffic: split ? Math.round(split.old) : null },
    lately: {
      ...measureLately(books, exposure, { old, since, before }),
      ...measureShares(exposure, placements, newest),
    },
    since: {
      errors: round(total(since.events)),
      expected: split ? round(split.total * before.rate) : 0,
      byTraffic: split ? round(split.old * before.rate) : null,
    },
    ...weighFading(
      sumHours(since, before),
      books.dispersion,
      exposure && splitByHour(exposure, placements, whole),
      exposure ? splitByHour(exposure, placements, { from: anchor - DAY, until: anchor }) : [],
    ),
    installed: isInstalled({ ...books, anchor, exposure, old: old.map(({ release }) => release) }),
  };
}

type NamedPoint = ReleaseSighting & { readonly count: number };

/** Errors that name a release; what names none may be of any. */
const listNamed = ({ history }: Bookkeeping): NamedPoint[] =>
  history.points.flatMap(({ release, at, count }) => (release ? [{ release, at, count }] : []));

const countWithin = (points: readonly NamedPoint[], { from, until }: TimeSpan): number =>
  points.reduce((sum, { at, count }) => (at >= from && at < until ? sum + count : sum), 0);

const rowFor = ({ from, until }: TimeSpan) => ({ start: from, length: Math.floor((until - from) / BUCKET) });

/** Errors and all exposure of a span, in buckets. */
function layOut({ traffic }: Bookkeeping, points: ErrorHistory["points"], span: TimeSpan) {
  const row = rowFor(span);
  return { events: countByBucket(points, row), exposure: exposureIn(traffic, row, undefined) };
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + (amount || 0), 0);

/** What was raised before the deploy, for so much traffic and in a bucket; one burst is no rate. */
type Before = {
  readonly rate: number;
  readonly perBucket: number;
  readonly clip: (counts: readonly number[]) => number[];
};

function measureBefore(books: Bookkeeping): Before {
  const { history, onset } = books;
  const anchor = alignAnchor(books.anchor);
  const begin = Math.max(anchor - WEEK, Math.min(anchor, Math.max(onset, history.knownFrom)));
  const { events, exposure } = layOut(books, history.points, { from: begin, until: anchor });
  const active = events.filter((count) => count > 0);
  const most = active.length === 0 ? 0 : (BURST * total(active)) / active.length;
  const clip = (counts: readonly number[]) => counts.map((count) => Math.min(count, most));
  const raised = total(clip(events));
  const traffic = total(exposure);
  return { rate: traffic > 0 ? raised / traffic : 0, perBucket: raised / Math.max(1, events.length), clip };
}

/** Errors of the releases without the fix, by themselves and by buckets since the deploy: clipped, beside all exposure. */
type OldErrors = { readonly old: readonly NamedPoint[]; readonly since: Series; readonly before: Before };

/**
 * Errors of the releases without the fix in the newest hours: as many hours as the old rate takes for ten errors, at least
 * three, at most since the deploy.
 */
function measureLately(
  books: Bookkeeping,
  exposure: ExposureHistory | undefined,
  { old, since, before: { rate, perBucket, clip } }: OldErrors,
) {
  const { placements, until } = books;
  const first = findLately(since.exposure, rate);
  const span = { from: alignAnchor(books.anchor) + first * BUCKET, until };
  const unsure = old.filter(({ release }) => placements.get(release)?.holds !== false);
  return {
    hours: round((until - span.from) / HOUR),
    errors: round(total(since.events.slice(first))),
    unsure: round(total(clip(countByBucket(unsure, rowFor(span))))),
    byHours: round(perBucket * (since.events.length - first)),
    expected: round(total(since.exposure.slice(first)) * rate),
    byTraffic: exposure === undefined ? null : round(splitTraffic(exposure, placements, span).old * rate),
  };
}

/** Errors of the releases without the fix by hours since the deploy, beside what traffic or hours expect, whichever is less. */
function sumHours({ events: seen, exposure }: Series, { rate, perBucket }: Before): Left[] {
  const usual = exposure.map((amount) => Math.min((amount || 0) * rate, perBucket));
  const hours = Math.ceil(seen.length / BUCKETS_PER_HOUR);
  return Array.from({ length: hours }, (_, hour) => {
    const within = [hour * BUCKETS_PER_HOUR, (hour + 1) * BUCKETS_PER_HOUR] as const;
    return { seen: total(seen.slice(...within)), usual: total(usual.slice(...within)) };
  });
}

/** The bucket at which the newest hours begin. */
function findLately(exposure: readonly number[], oldRate: number): number {
  let expected = 0;
  for (let i = exposure.length - 1; i > 0; i -= 1) {
    expected += (exposure[i] || 0) * oldRate;
    if (expected >= LATELY_ERRORS && (exposure.length - i) * BUCKET >= LATELY_MS) return i;
  }
  return 0;
}

const takeShare = (part: number, { total: all }: SplitTraffic): number => (all === 0 ? 0 : round(part / all));

function measureShares(exposure: ExposureHistory | undefined, placements: Placements, span: TimeSpan) {
  if (exposure === undefined) return { share: null, sure: null };
  const split = splitTraffic(exposure, placements, span);
  return { share: takeShare(split.old, split), sure: takeShare(split.surelyOld, split) };
}

/** Errors first, for those are what a reader looks for. */
function listRows(
  books: Bookkeeping,
  exposure: ExposureHistory | undefined,
  { from, until }: TimeSpan,
  lately: TimeSpan,
): ReleaseRow[] {
  const { placements } = books;
  const busiest = exposure === undefined ? [] : listBusiest(exposure, lately);
  const all = exposure === undefined ? 0 : splitTraffic(exposure, placements, lately).total;
  const amounts = new Map(busiest.map(({ release, amount }) => [release, amount]));
  const errors = new Map<string, number>();
  for (const { release, at, count } of listNamed(books))
    if (at >= from && at < until) errors.set(release, (errors.get(release) ?? 0) + count);
  return [...new Set([...errors.keys(), ...amounts.keys()])]
    .map((release) => ({
      release: release.slice(0, LONGEST_NAME),
      holds: placements.get(release)?.holds ?? null,
      share: all === 0 ? null : round((amounts.get(release) ?? 0) / all),
      errors: errors.get(release) ?? 0,
    }))
    .toSorted((a, b) => b.errors - a.errors || (b.share ?? 0) - (a.share ?? 0));
}
