import { HOUR, MINUTE } from "@patchpilot/time";
import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import {
  BUCKET_WIDTH,
  type BucketCounts,
  countInto,
  floorToBucket,
  ingestedUntil,
  spreadOver,
} from "./counting.ts";
import { askSeries, type ExploreSeries, groupsThatFit } from "./explore.ts";
import { readInstant, toSentryTime } from "./instants.ts";

export type ExposureWindow = {
  readonly start: Date;
  /** Now, by the provider's clock. */
  readonly end: Date;
  readonly environment?: string;
  /** Ids or slugs; default: the connection's. */
  readonly projects?: readonly string[];
};

/** Traffic in five-minute buckets, by release. */
export type ReleaseExposure = {
  readonly source: "spans" | "sessions";
  /** Milliseconds since the epoch of the first bucket, and the width of one. */
  readonly from: number;
  readonly interval: number;
  /** Width of the buckets that Sentry counted in, in milliseconds: a release seems to begin up to so much earlier. */
  readonly width: number;
  /** `release` null: traffic that names none. */
  readonly releases: readonly { readonly release: string | null; readonly counts: readonly number[] }[];
  /** Traffic of releases beyond the ten busiest, not told apart. */
  readonly other: readonly number[];
  /**
   * Spans only: the share that the SDK keeps, in each bucket; null where unknown. If it changes at the deploy, exposure
   * before and after cannot be compared.
   */
  readonly sampleRates: readonly (number | null)[];
  /** Sentry looked at a part of the data only. */
  readonly partial: boolean;
};

/** Widths that Sentry is asked for, in milliseconds, finest first. */
const WIDTHS = [BUCKET_WIDTH, 15 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR] as const;

export function alignWindow({ start, end }: ExposureWindow): { readonly from: number; readonly to: number } {
  const to = ingestedUntil(end, BUCKET_WIDTH);
  return { from: Math.min(to, floorToBucket(start, BUCKET_WIDTH)), to };
}

/** The finest width at which ten groups fit into a reply. */
export const chooseWidth = (from: number, to: number): number =>
  WIDTHS.find((one) => groupsThatFit((to - from) / one) === 10) ?? 4 * HOUR;

/** Requests (transactions) by release, extrapolated from what was sampled; at the finest width that ten releases allow. */
export async function spansByRelease(
  connection: SentryConnection,
  window: ExposureWindow,
): Promise<ReleaseExposure> {
  const { from, to } = alignWindow(window);
  const width = chooseWidth(from, to);
  const series = await askSeries(connection, {
    dataset: "spans",
    yAxis: "count()",
    interval: width / 1_000,
    groupBy: "release",
    topEvents: 10,
    sort: "-count()",
    query: "is_transaction:true",
    start: toSentryTime(from),
    end: toSentryTime(to),
    environment: window.environment,
    project: window.projects ?? connection.projects,
  });
  const narrow = (one: ExploreSeries) => spreadOver(toCounts(one, width), from, to, BUCKET_WIDTH).counts;
  const grouped = series.filter(({ isOther, groupBy }) => !isOther && groupBy.length > 0);
  return {
    source: "spans",
    from,
    interval: BUCKET_WIDTH,
    width,
    releases: grouped.map((one) => ({ release: one.groupBy[0]?.value || null, counts: narrow(one) })),
    other: addUp(series.filter(({ isOther }) => isOther).map(narrow), (to - from) / BUCKET_WIDTH),
    sampleRates: averageRates(series, width, from, to),
    partial: series.some(({ dataScanned }) => dataScanned === "partial"),
  };
}

/** Above it Sentry refuses sessions (`MAX_POINTS` in getsentry/sentry): hours of more than 41 days. */
const MOST_INTERVALS = 1_000;
/** Widths of sessions, in hours: Sentry takes those that divide a day. */
const SESSION_HOURS = [1, 2, 3, 4, 6, 12, 24] as const;

/** Sessions by release (on by default in the SDKs); by the hour if it can be, spread evenly over five-minute buckets. */
export async function sessionsByRelease(
  connection: SentryConnection,
  window: ExposureWindow,
): Promise<ReleaseExposure> {
  const { from, to } = alignWindow(window);
  // An interval more at each end: Sentry covers the window with whole ones.
  const hours = SESSION_HOURS.find((one) => (to - from) / (one * HOUR) <= MOST_INTERVALS - 2) ?? 24;
  const width = hours * HOUR;
  const { value } = await connection.ask({
    path: ["sessions"],
    query: {
      field: "sum(session)",
      groupBy: "release",
      interval: `${hours}h`,
      start: toSentryTime(floorToBucket(window.start, width)),
      end: toSentryTime(to),
      includeTotals: 0,
      environment: window.environment,
      project: window.projects ?? connection.projects,
    },
    schema: sessionsSchema(),
    scope: "org:read",
  });
  const begins = readInstant(value.intervals[0]) ?? from;
  return {
    source: "sessions",
    from,
    interval: BUCKET_WIDTH,
    width,
    releases: value.groups.map(({ by, series }) => {
      const wide = {
        from: begins,
        interval: width,
        counts: series["sum(session)"].map((count) => count ?? 0),
      };
      return { release: by.release || null, counts: spreadOver(wide, from, to, BUCKET_WIDTH).counts };
    }),
    other: addUp([], (to - from) / BUCKET_WIDTH),
    sampleRates: [],
    partial: false,
  };
}

function sessionsSchema() {
  const series = z.object({ "sum(session)": z.array(z.number().nullable()) });
  const by = z.object({ release: z.string().nullish() });
  return z.object({ intervals: z.array(z.string()), groups: z.array(z.object({ by, series })) });
}

export function toCounts(series: ExploreSeries, fallbackWidth: number): BucketCounts {
  const [first, second] = series.values;
  const interval = first && second ? second.timestamp - first.timestamp : fallbackWidth;
  const from = first?.timestamp ?? 0;
  const points = series.values.map(({ timestamp, value }) => ({ at: timestamp, count: value }));
  return countInto(points, from, from + series.values.length * interval, interval);
}

/** The mean rate of a bucket's groups, weighted by their samples. */
function averageRates(
  series: readonly ExploreSeries[],
  width: number,
  from: number,
  to: number,
): readonly (number | null)[] {
  const sums = new Map<number, { samples: number; weighted: number }>();
  for (const { timestamp, sampleCount, sampleRate } of series.flatMap(({ values }) => values)) {
    if (!sampleCount || sampleRate === null) continue;
    const sum = sums.get(timestamp) ?? { samples: 0, weighted: 0 };
    sums.set(timestamp, {
      samples: sum.samples + sampleCount,
      weighted: sum.weighted + sampleCount * sampleRate,
    });
  }
  return Array.from({ length: Math.max(0, (to - from) / BUCKET_WIDTH) }, (_, index) => {
    const sum = sums.get(Math.floor((from + index * BUCKET_WIDTH) / width) * width);
    return sum ? sum.weighted / sum.samples : null;
  });
}

function addUp(series: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length: Math.max(0, length) }, (_, index) =>
    series.reduce((sum, counts) => sum + (counts[index] ?? 0), 0),
  );
}
