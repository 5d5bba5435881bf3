import { HOUR } from "@patchpilot/time";
import {
  alignAnchor,
  BUCKET,
  countByBucket,
  cutForTrend,
  estimateTrend,
  layOutBuckets,
} from "@patchpilot/verdict";
import type { ReleaseRow, ReleasesFact } from "../../facts.ts";
import type { ErrorHistory, ExposureHistory, TimeSpan } from "../sources.ts";
import { type CountedTraffic, exposureIn } from "../traffic/count.ts";
import { parseRelease } from "./names.ts";
import { LATELY_MS, listBusiest, type Placements, type SplitTraffic, splitTraffic } from "./traffic.ts";

/** The newest hours are as many as would have brought so many errors at the old rate, at least three. */
const LATELY_ERRORS = 10;

const MOST_ROWS = 5;
const LONGEST_NAME = 80;

export type Bookkeeping = {
  readonly anchor: number;
  readonly history: ErrorHistory;
  readonly traffic: CountedTraffic;
  readonly placements: Placements;
  /** Errors per unit of exposure before the deploy. */
  readonly oldRate: number;
  /** How far counts are to be trusted. */
  readonly until: number;
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
  const lately = findLately(books, anchor);
  const whole = { from: anchor, until };
  const split = exposure && splitTraffic(exposure, placements, whole);
  const errors = countErrors(books, whole);
  const rows = listRows(books, exposure, whole, lately);
  const old = listOldPoints(books);
  const trend = estimateTrend(
    cutForTrend({
      events: countByBucket(old, layOutBuckets(anchor, anchor, until).since),
      exposure: exposureIn(traffic, layOutBuckets(anchor, anchor, until).since, undefined),
    }),
  );
  return {
    rows: rows.slice(0, MOST_ROWS),
    further: Math.max(0, rows.length - MOST_ROWS),
    hours: (until - anchor) / HOUR,
    fixed: { errors: errors.fixed, traffic: split?.fixed ?? null },
    old: { errors: errors.old, traffic: split?.old ?? null },
    lately: measureLately(books, exposure, lately),
    halves: exposure === undefined ? [] : measureHalves(exposure, placements, whole),
    ...(trend === undefined ? {} : { trend }),
    installed: old.every(({ release }) => parseRelease(release ?? "").version !== null),
  };
}

/** Errors of releases that do not hold the fix, or of which it is not known; what names none may be of any. */
const listOldPoints = ({ history, placements }: Bookkeeping): ErrorHistory["points"] =>
  history.points.filter(({ release }) => release && placements.get(release)?.holds !== true);

function countErrors({ history, placements }: Bookkeeping, { from, until }: TimeSpan) {
  const counts = { fixed: 0, old: 0 };
  for (const { release, at, count } of history.points) {
    if (!release || at < from || at >= until) continue;
    counts[placements.get(release)?.holds === true ? "fixed" : "old"] += count;
  }
  return counts;
}

/** The shortest stretch up to now in which the old rate would have brought enough errors, no longer than since the deploy. */
function findLately({ traffic, oldRate, until }: Bookkeeping, anchor: number): TimeSpan {
  const row = layOutBuckets(anchor, anchor, until).since;
  const amounts = exposureIn(traffic, row, undefined);
  let expected = 0;
  for (let i = amounts.length - 1; i >= 0; i -= 1) {
    expected += (amounts[i] || 0) * oldRate;
    const from = row.start + i * BUCKET;
    if (expected >= LATELY_ERRORS && until - from >= LATELY_MS) return { from, until };
  }
  return { from: anchor, until };
}

function measureLately(
  books: Bookkeeping,
  exposure: ExposureHistory | undefined,
  span: TimeSpan,
): ReleasesFact["lately"] {
  const { traffic, oldRate, placements } = books;
  const row = { start: span.from, length: Math.round((span.until - span.from) / BUCKET) };
  const all = exposureIn(traffic, row, undefined).reduce((sum, amount) => sum + (amount || 0), 0);
  const split = exposure && splitTraffic(exposure, placements, span);
  return {
    hours: (span.until - span.from) / HOUR,
    errors: countErrors(books, span).old,
    expected: all * oldRate,
    byTraffic: split === undefined ? null : split.old * oldRate,
    share: split === undefined ? null : shareOfOld(split),
  };
}

const shareOfOld = ({ old, total }: SplitTraffic): number => (total === 0 ? 0 : old / total);

function measureHalves(
  exposure: ExposureHistory,
  placements: Placements,
  { from, until }: TimeSpan,
): ReleasesFact["halves"] {
  const middle = (from + until) / 2;
  return [
    { from, until: middle },
    { from: middle, until },
  ].map((span) => {
    const split = splitTraffic(exposure, placements, span);
    return { share: shareOfOld(split), traffic: split.total };
  });
}

/** Releases by what they do: errors first, for those are what a reader looks for. */
function listRows(
  { history, placements }: Bookkeeping,
  exposure: ExposureHistory | undefined,
  { from, until }: TimeSpan,
  lately: TimeSpan,
): ReleaseRow[] {
  const busiest = exposure === undefined ? [] : listBusiest(exposure, lately);
  const total = exposure === undefined ? 0 : splitTraffic(exposure, placements, lately).total;
  const amounts = new Map(busiest.map(({ release, amount }) => [release, amount]));
  const errors = new Map<string, number>();
  for (const { release, at, count } of history.points)
    if (release && at >= from && at < until) errors.set(release, (errors.get(release) ?? 0) + count);
  return [...new Set([...errors.keys(), ...amounts.keys()])]
    .map((release) => ({
      release: release.slice(0, LONGEST_NAME),
      holds: placements.get(release)?.holds ?? null,
      share: exposure === undefined || total === 0 ? null : (amounts.get(release) ?? 0) / total,
      errors: errors.get(release) ?? 0,
    }))
    .toSorted((a, b) => b.errors - a.errors || (b.share ?? 0) - (a.share ?? 0));
}
