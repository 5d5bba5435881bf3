import { HttpFailure } from "@patchpilot/http";
import { z } from "zod";
import type { SentryConnection, SentryQuery } from "./connection.ts";
import { lenient, lenientList, lenientText } from "./lenient.ts";
import { once } from "./once.ts";
import { type Pages, readPages } from "./paging.ts";

/** A row of Explore's table: what was asked, by the name it was asked by. */
export type ExploreRow = Readonly<Record<string, unknown>>;

/** Rows, and how much they are worth. */
export type ExploreTable = Pages<ExploreRow> & {
  /** Row for row, field for field: "high" or "low" where the value was extrapolated from samples. */
  readonly confidence: readonly ExploreRow[];
  /** Sentry looked at a part of the data only. */
  readonly partial: boolean;
};

const tableSchema = once(() => {
  const rows = z.array(z.record(z.string(), z.unknown()));
  const tips = z.looseObject({ query: z.string().nullish() }).nullish();
  const confidence = rows.nullish().catch(null);
  const accuracy = z.looseObject({ confidence }).nullish().catch(null);
  const meta = z.looseObject({ tips, accuracy, dataScanned: z.string().nullish() }).nullish().catch(null);
  return z.object({ data: rows, meta, confidence });
});

/** Reads `/events/`, page by page. Query names are Sentry's: dataset, field, query, start, end, … */
export async function askTable(
  connection: SentryConnection,
  query: SentryQuery,
  maxPages: number,
): Promise<ExploreTable> {
  const confidence: ExploreRow[] = [];
  let partial = false;
  const pages = await readPages(async (cursor) => {
    const reply = await connection.ask({
      path: ["events"],
      query: { ...query, per_page: 100, cursor },
      schema: tableSchema(),
      scope: "org:read",
    });
    const { data, meta } = reply.value;
    if (data.length === 0 && meta?.tips?.query) throw noProject("events");
    // Sentry says it twice; the one beside the rows is the older.
    const sure = meta?.accuracy?.confidence ?? reply.value.confidence;
    confidence.push(...data.map((_, index) => sure?.[index] ?? {}));
    partial ||= meta?.dataScanned === "partial";
    return { value: data, cursor: reply.cursor };
  }, maxPages);
  return { ...pages, confidence, partial };
}

/** A series of Explore: one value a bucket. */
export type ExploreSeries = {
  /** Milliseconds since the epoch at which each bucket begins. */
  readonly values: readonly {
    readonly timestamp: number;
    readonly value: number;
    /** Ingestion is not through with this bucket. */
    readonly incomplete: boolean;
    /** Stored samples, before extrapolation. */
    readonly sampleCount: number | null;
    readonly sampleRate: number | null;
    /** "high", "low", or null where Sentry does not say. */
    readonly confidence: string | null;
  }[];
  readonly groupBy: readonly { readonly key: string; readonly value: string | null }[];
  /** Everything outside the top groups. */
  readonly isOther: boolean;
  /** "partial" where Sentry looked at a part of the data only. */
  readonly dataScanned: string | null;
};

const seriesSchema = once(() => {
  const value = z.object({
    timestamp: z.number(),
    // Null where nothing was measured; a count that is missing is not none.
    value: z
      .number()
      .nullable()
      .transform((count) => count ?? 0),
    incomplete: z
      .boolean()
      .nullish()
      .transform((incomplete) => incomplete ?? false),
    sampleCount: lenient(z.number()),
    sampleRate: lenient(z.number()),
    confidence: lenientText(),
  });
  const group = z.object({
    key: z.string(),
    value: lenient(z.union([z.string(), z.number().transform(String)])),
  });
  const meta = z.looseObject({ isOther: z.boolean().nullish(), dataScanned: z.string().nullish() }).nullish();
  const series = z.object({ values: z.array(value), groupBy: lenientList(group), meta }).transform(
    ({ values, groupBy, meta: facts }): ExploreSeries => ({
      values,
      groupBy,
      isOther: facts?.isOther ?? false,
      dataScanned: facts?.dataScanned ?? null,
    }),
  );
  const about = z.looseObject({ dataset: z.string().nullish() }).nullish().catch(null);
  return z.object({ timeSeries: z.array(series), meta: about });
});

/**
 * Reads `/events-timeseries/`. Where nothing matches, Sentry answers one series of zeros without a group, or none at
 * all for the top groups of spans; where the token sees no project, none either, but names no dataset, which must not
 * be read as "nothing happened" (`run_top_events_timeseries_query`, `EMPTY_STATS_RESPONSE` in getsentry/sentry).
 * @throws HttpFailure also where no project is visible (`forbidden`).
 */
export async function askSeries(
  connection: SentryConnection,
  query: SentryQuery,
): Promise<readonly ExploreSeries[]> {
  const { value } = await connection.ask({
    path: ["events-timeseries"],
    query,
    schema: seriesSchema(),
    scope: "org:read",
  });
  if (value.timeSeries.length === 0 && !value.meta?.dataset) throw noProject("events-timeseries");
  return value.timeSeries;
}

/** @throws HttpFailure `unreadable` where Sentry chose buckets of another width, in milliseconds. */
export function requireInterval(series: readonly ExploreSeries[], interval: number): void {
  for (const { values } of series) {
    const [first, second] = values;
    if (first && second && second.timestamp - first.timestamp !== interval)
      throw unusableSeries("another interval");
  }
}

export const unusableSeries = (what: string, endpoint = "events-timeseries"): HttpFailure =>
  new HttpFailure({
    kind: "unreadable",
    provider: "Sentry",
    asked: `GET …/${endpoint}/`,
    happened: `answered with ${what}`,
  });

/** Where the first bucket begins that Sentry calls incomplete. */
export const completeUntil = ({ values }: ExploreSeries): number =>
  values.find(({ incomplete }) => incomplete)?.timestamp ?? Number.POSITIVE_INFINITY;

function noProject(endpoint: string): HttpFailure {
  return new HttpFailure({
    kind: "forbidden",
    provider: "Sentry",
    asked: `GET …/${endpoint}/`,
    happened: "shows no project to this token",
    remedy: "Give the token's integration access to the project, and check sentry-projects.",
  });
}

/** Points in one reply at most; with `topEvents` it is shared among the groups. */
export const MAX_POINTS = 10_000;
const MAX_TOP_EVENTS = 10;

/**
 * How many groups fit into one reply over so many buckets. Above it Sentry does not refuse: it silently answers with
 * a coarser interval (`validate_interval` and `get_rollup` in getsentry/sentry).
 * @returns 0 where not even one group fits.
 */
export function groupsThatFit(buckets: number): number {
  return Math.min(MAX_TOP_EVENTS, Math.floor(MAX_POINTS / Math.max(1, buckets)));
}
