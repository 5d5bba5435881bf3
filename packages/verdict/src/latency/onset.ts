import { type ChangePoint, findChangePoint } from "./change-point.ts";
import { bucketInDay, type LatencyBucket } from "./latency-buckets.ts";

const HOURS_A_DAY = 24;
/** Parts of the series, in hours, that are looked at one after the other: among many hours a few new ones are not clear. */
const PARTS = [Number.POSITIVE_INFINITY, 72, 48];
/** Hours of the day are compared with each other from this many days on. */
const ENOUGH_DAYS = 3;

/**
 * The hour at which it became slow for good: the change point of the series, after what every hour of the day has of its
 * own was taken out of it. Pure.
 * @param from beginning of the judged window, in milliseconds since the epoch: what is usual is told from before it.
 * @returns null where there is no such hour.
 */
export function findLevelChange(
  buckets: readonly LatencyBucket[],
  from: number,
  minChange: number,
): Pick<ChangePoint, "at" | "ratio"> | null {
  const usual = usualByHour(buckets.filter(({ at }) => at < from));
  const series = usual === null ? buckets : buckets.map((bucket) => relativeTo(bucket, usual));
  const points = PARTS.map((hours) =>
    findChangePoint(series.slice(-Math.min(hours, series.length)), minChange),
  );
  const point = points.find((one) => one !== undefined);
  if (point === undefined) return null;
  return { at: sharpen(series, point.at, Math.sqrt(point.before * point.after)), ratio: point.ratio };
}

/**
 * Ranks place a change a few hours off where hours resemble their neighbours: it is moved to where p95 crosses the
 * middle between both sides.
 */
function sharpen(series: readonly LatencyBucket[], at: number, middle: number): number {
  const isSlow = (index: number): boolean => (series[index]?.p95 ?? 0) >= middle;
  let index = series.findIndex((bucket) => bucket.at >= at);
  while (index < series.length - 1 && !isSlow(index)) index += 1;
  while (index > 0 && isSlow(index - 1)) index -= 1;
  return series[index]?.at ?? at;
}

/** Median p95 of each hour of the day; null where there are fewer than three days, or an hour is missing. */
function usualByHour(earlier: readonly LatencyBucket[]): readonly number[] | null {
  const byHour = Array.from({ length: HOURS_A_DAY }, (_, hour) =>
    earlier.flatMap((bucket) => (bucket.p95 && bucketInDay(bucket) === hour ? [bucket.p95] : [])),
  );
  if (byHour.some((values) => values.length < ENOUGH_DAYS)) return null;
  return byHour.map((values) => upperMedian(values));
}

function relativeTo(bucket: LatencyBucket, usual: readonly number[]): LatencyBucket {
  const own = usual[bucketInDay(bucket)] ?? 0;
  return bucket.p95 === null || own <= 0 ? bucket : { ...bucket, p95: bucket.p95 / own };
}

const upperMedian = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Where no change point is clear, the first hour of the stretch at the end of the window in which p95 stayed above the
 * middle (geometric mean) between before and now. Pure.
 * @param before p95 of the baseline in milliseconds.
 */
export function findStretch(
  buckets: readonly LatencyBucket[],
  before: number,
  from: number,
  minChange: number,
): number | null {
  const known = buckets.filter(({ p95 }) => p95 !== null);
  const now = upperMedian(known.slice(-3).map(({ p95 }) => p95 ?? 0));
  if (now < before * minChange) return null;
  const level = Math.sqrt(before * now);
  const below = known.findLastIndex(({ p95 }) => (p95 ?? 0) < level);
  const first = known[below + 1];
  return below >= 0 && first !== undefined && first.at >= from ? first.at : null;
}
