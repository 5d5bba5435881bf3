import { DAY, HOUR } from "@patchpilot/time";
import { alignAnchor, BUCKET, type BucketRow, countByBucket, summariseWatch } from "@patchpilot/verdict";
import type { OldRate } from "../../facts.ts";
import { fixedReleases } from "../errors/count.ts";
import type { Placements } from "../releases/traffic.ts";
import type { ErrorHistory } from "../sources.ts";
import {
  type CountedTraffic,
  exposureIn,
  hasSamplingChanged,
  INGESTION_MS,
  isCounted,
  judgeTraffic,
  mostExposureIn,
} from "../traffic/count.ts";
import type { RaisingRelease, WatchFact } from "./facts.ts";

/** Five-minute buckets of more days do not fit into one answer of Sentry's, and older errors say little about now. */
const MOST_DAYS = 30;
/** The time over which the share of the traffic is taken. */
const LATELY_MS = DAY;
const MOST_RELEASES = 3;
/** A release's name is anybody's text, and the record has room for little. */
const LONGEST_NAME = 80;

export type WatchCounting = {
  readonly closedAt: number;
  /** When the fix went live. */
  readonly anchor: number;
  readonly before: OldRate;
  readonly history: ErrorHistory;
  readonly traffic: CountedTraffic;
  /** Which releases hold the fix. */
  readonly placements: Placements;
  readonly now: number;
};

type Weighed = ReturnType<typeof summariseWatch>;

/** From when on errors are counted after a close. */
export const countedFrom = (closedAt: number, now: number): number =>
  alignAnchor(Math.max(closedAt, now - MOST_DAYS * DAY));

/** Reduces what came after a close to the numbers of the watch. Pure. */
export function countSince(counting: WatchCounting): WatchFact {
  const { history, traffic, anchor, now, closedAt } = counting;
  const fixed = fixedReleases(counting, alignAnchor(anchor) - coarseness(traffic));
  const start = countedFrom(closedAt, now);
  const row = makeRow(start, Math.min(now - INGESTION_MS, history.knownUntil ?? now));
  const releases = findBeginnings(traffic, row);
  const byClock = hasSamplingChanged(traffic, makeRow(anchor - 7 * DAY, anchor), row);
  const { before, counted: exposed } = byClock
    ? countByClock(counting.before)
    : { ...counting, counted: traffic };
  const summarise = (counted: ReadonlySet<string> | undefined) => {
    const points = history.points.filter(({ release }) => isCounted(release ?? null, counted));
    const events = countByBucket(points, row);
    const offset = Math.round((row.start - alignAnchor(anchor)) / BUCKET);
    const weigh = (exposure: number[]) =>
      summariseWatch({ before, since: { events, exposure }, offset, releases });
    return joinBounds(weigh(exposureIn(exposed, row, counted)), weigh(mostExposureIn(exposed, row, counted)));
  };
  const judged = judgeTraffic(traffic, anchor, now);
  return {
    state: "counted",
    hours: (row.length * BUCKET) / HOUR,
    sinceClose: start === alignAnchor(closedAt),
    fixed: summarise(fixed),
    ...(fixed && { all: summarise(undefined), ...measureShare(counting, fixed, row) }),
    alive: judged.state === "counted" ? judged.alive : null,
    sameSampling: !byClock,
    ...(byClock && { byClock }),
    raisedBy: findRaising(history, row, fixed),
  };
}

/** Traffic that is sampled otherwise than before the deploy cannot be compared, and time can. */
const countByClock = (
  before: OldRate,
): Pick<WatchCounting, "before"> & { readonly counted: CountedTraffic } => ({
  before: { ...before, E0: before.n0 },
  counted: { source: "clock" },
});

/**
 * With many releases, Sentry does not name those of the newest traffic. It speaks against a return, for their errors are
 * counted; but it may be that of old clients, so it is no sign that the error is away.
 */
const joinBounds = ({ logAway, lastHours, lastC }: Weighed, most: Weighed): Weighed => ({
  ...most,
  logAway,
  lastHours,
  lastC,
});

/** Traffic of many weeks is given in longer spans than the hour that releases are given already. */
const coarseness = (traffic: CountedTraffic): number =>
  traffic.source === "clock" ? 0 : Math.max(0, (traffic.exposure.width ?? 0) - HOUR);

const makeRow = (from: number, until: number): BucketRow => {
  const start = alignAnchor(from);
  return { start, length: Math.max(0, Math.floor((until - start) / BUCKET)) };
};

/** Buckets in which the traffic of a release began. Errors would choose them where they are. */
function findBeginnings(traffic: CountedTraffic, { start }: BucketRow): number[] {
  if (traffic.source === "clock") return [];
  const { from, releases } = traffic.exposure;
  return releases.flatMap(({ release, counts }) => {
    const first = counts.findIndex((count) => count > 0);
    return release === null || first === -1 ? [] : [Math.round((from - start) / BUCKET) + first];
  });
}

function measureShare(
  { traffic, anchor, closedAt }: WatchCounting,
  fixed: ReadonlySet<string>,
  row: BucketRow,
): Pick<Extract<WatchFact, { state: "counted" }>, "share"> {
  const share = (part: BucketRow, measure: typeof exposureIn): number | undefined => {
    const all = sum(exposureIn(traffic, part, undefined));
    return all > 0 ? sum(measure(traffic, part, fixed)) / all : undefined;
  };
  const end = row.start + row.length * BUCKET;
  const before = share(makeRow(anchor, closedAt), exposureIn);
  const lately = share(makeRow(Math.max(row.start, end - LATELY_MS), end), mostExposureIn);
  return before === undefined || lately === undefined ? {} : { share: { before, lately } };
}

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, x) => (Number.isNaN(x) ? total : total + x), 0);

function findRaising(
  { points }: ErrorHistory,
  { start, length }: BucketRow,
  fixed: ReadonlySet<string> | undefined,
): RaisingRelease[] {
  const since = points.filter(({ at }) => at >= start && at < start + length * BUCKET);
  return [...Map.groupBy(since, ({ release }) => release ?? null)]
    .map(([release, raised]) => ({
      release: release?.slice(0, LONGEST_NAME) ?? null,
      errors: raised.reduce((total, { count }) => total + count, 0),
      fixed: isCounted(release, fixed),
    }))
    .sort((a, b) => b.errors - a.errors)
    .slice(0, MOST_RELEASES);
}
