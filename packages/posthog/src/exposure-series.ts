import { readRows } from "./replies.ts";
import { type PostHogConnection, runQuery } from "./run-query.ts";
import { type TimeWindow, utc } from "./time-window.ts";

/** PostHog gives no more rows than this. */
const MOST_BUCKETS = 50_000;

export type ExposureQuery = TimeWindow & {
  /** Which events count as use of the product; "all": every event. */
  readonly events: readonly string[] | "all";
  /** Length of a bucket. */
  readonly intervalSeconds: number;
};

/**
 * Counts product events per bucket of time: how much the product was used, so that errors can be counted per use.
 * Bucket i covers [from + i · interval, from + (i + 1) · interval); the last one ends at `to`. Empty buckets are 0.
 * Events arrive at PostHog with minutes of delay: a bucket that has just ended may still grow.
 * @throws RangeError for more than 50,000 buckets.
 */
export async function exposureSeries(
  connection: PostHogConnection,
  { events, from, to, intervalSeconds }: ExposureQuery,
): Promise<number[]> {
  const origin = Math.floor(from.getTime() / 1_000);
  const buckets = Math.ceil((Math.floor(to.getTime() / 1_000) - origin) / intervalSeconds);
  if (!(buckets <= MOST_BUCKETS))
    throw new RangeError(
      `${buckets} buckets are more than PostHog answers (${MOST_BUCKETS}): use longer ones.`,
    );
  if (buckets <= 0 || events.length === 0) return new Array<number>(Math.max(0, buckets)).fill(0);
  const table = await runQuery(connection, {
    name: "patchpilot_exposure",
    hogql: seriesQuery(events === "all" ? "" : "event IN {events} AND ", buckets),
    values: {
      ...(events === "all" ? {} : { events: [...new Set(events)] }),
      origin,
      interval: intervalSeconds,
      from: utc(from),
      to: utc(to),
    },
  });
  const series = new Array<number>(buckets).fill(0);
  for (const row of readRows(table)) series[row.count("bucket")] = row.count("events");
  return series;
}

const seriesQuery = (filter: string, limit: number): string =>
  `SELECT intDiv(toUnixTimestamp(timestamp) - {origin}, {interval}) AS bucket, count() AS events
FROM events
WHERE ${filter}timestamp >= toDateTime({from}, 'UTC') AND timestamp < toDateTime({to}, 'UTC')
GROUP BY bucket
ORDER BY bucket
LIMIT ${limit}`;
