import { DAY, formatMinute } from "@patchpilot/time";
import type { JudgedHours, LatencyBucket } from "@patchpilot/verdict";

/** More points are not told apart in a picture of a comment's width; hours are put together then. */
const MOST_POINTS = 24;

/** One point of the picture, and one row of the table under it. Durations in milliseconds. */
export type Point = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly p95: number | null;
  readonly samples: number;
  /** The newest of the same hours before that has a p95. */
  readonly before: number | null;
  readonly beforeSamples: number;
};

/** The hours of the window beside the same hours of the week, or window, before; at most 24 points. Pure. */
export function arrangePoints({ window, baseline }: JudgedHours, back: number): Point[] {
  const width = Math.max(1, Math.ceil(window.length / MOST_POINTS));
  const earlier = new Map(baseline.map((bucket) => [bucket.at, bucket]));
  const points: Point[] = [];
  for (let start = 0; start < window.length; start += width) {
    const own = window.slice(start, start + width);
    const same = own.flatMap(({ at }) => sameHour(earlier, at, back) ?? []);
    points.push({
      at: own[0]?.at ?? 0,
      p95: averageP95(own),
      samples: sumSamples(own),
      before: averageP95(same),
      beforeSamples: sumSamples(same),
    });
  }
  return points;
}

/** That hour as far back as the baseline is, else on the day before that has it. */
function sameHour(
  earlier: ReadonlyMap<number, LatencyBucket>,
  at: number,
  back: number,
): LatencyBucket | undefined {
  const exact = earlier.get(at - back);
  if (exact !== undefined && exact.samples > 0) return exact;
  for (let days = 1; days <= 7; days += 1) {
    const bucket = earlier.get(at - days * DAY);
    if (bucket !== undefined && bucket.samples > 0) return bucket;
  }
  return undefined;
}

const sumSamples = (buckets: readonly LatencyBucket[]): number =>
  buckets.reduce((sum, { samples }) => sum + samples, 0);

/** Mean of p95 weighted by samples: good enough for a picture. */
function averageP95(buckets: readonly LatencyBucket[]): number | null {
  const known = buckets.flatMap(({ p95, samples }) =>
    p95 === null || samples === 0 ? [] : [{ p95, samples }],
  );
  const weight = known.reduce((sum, { samples }) => sum + samples, 0);
  return weight === 0 ? null : known.reduce((sum, { p95, samples }) => sum + p95 * samples, 0) / weight;
}

/**
 * A mermaid picture of p95 now and before. It holds numbers and our own words alone: no name of an operation can get
 * into it. Empty where fewer than three points are known. Pure.
 */
export function drawChart(points: readonly Point[], unit: { readonly since: string }): string {
  const known = points.filter(({ p95 }) => p95 !== null);
  if (known.length < 3) return "";
  const hasBefore = known.every(({ before }) => before !== null);
  const highest = Math.max(...known.flatMap(({ p95, before }) => [p95 ?? 0, hasBefore ? (before ?? 0) : 0]));
  const line = (values: readonly (number | null)[]): string =>
    `    line [${values.map((value) => Math.round(value ?? 0)).join(", ")}]`;
  return [
    "```mermaid",
    "xychart-beta",
    `    title "p95 by hour${hasBefore ? `, and ${unit.since} (second line)` : ""}"`,
    `    x-axis "UTC" [${known.map(({ at }) => labelHour(at)).join(", ")}]`,
    `    y-axis "ms" 0 --> ${Math.ceil(highest * 0.11) * 10 || 10}`,
    line(known.map(({ p95 }) => p95)),
    ...(hasBefore ? [line(known.map(({ before }) => before))] : []),
    "```",
  ].join("\n");
}

/** `"21 14h"`: day and hour. */
const labelHour = (at: number): string => {
  const instant = new Date(at).toISOString();
  return `"${instant.slice(8, 10)} ${instant.slice(11, 13)}h"`;
};

/** The same points as a table for those who see no picture. Pure. */
export function pointsTable(points: readonly Point[]): string {
  const rows = points.map(
    ({ at, p95, samples, before, beforeSamples }) =>
      `| ${formatMinute(at)} | ${whole(p95)} | ${samples} | ${whole(before)} | ${beforeSamples} |`,
  );
  return [
    "| hour (UTC) | p95, ms | samples | p95 before, ms | samples before |",
    "| - | -: | -: | -: | -: |",
    ...rows,
  ].join("\n");
}

const whole = (value: number | null): string => (value === null ? "" : String(Math.round(value)));
