import { HOUR } from "@patchpilot/time";
import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { unusableSeries } from "./explore.ts";
import { readInstant, toSentryTime } from "./instants.ts";
import { lenientText } from "./lenient.ts";
import { once } from "./once.ts";

/** What became of a project's error events, in hours without gaps. */
export type ErrorOutcomes = {
  /** Milliseconds since the epoch at which the first hour begins. */
  readonly from: number;
  readonly groups: readonly {
    /** `accepted`, `filtered`, `rate_limited`, `invalid`, `abuse`, `client_discard`, `cardinality_limited`, … */
    readonly outcome: string;
    /** Why, in Sentry's or an SDK's word: `error_usage_exceeded`, `sample_rate`, …; null: none is named. */
    readonly reason: string | null;
    readonly counts: readonly number[];
  }[];
};

const QUANTITY = "sum(quantity)";

const statsSchema = once(() => {
  const group = z.object({
    by: z.object({ outcome: z.string(), reason: lenientText() }),
    series: z.object({ [QUANTITY]: z.array(z.number()) }),
  });
  return z.object({ intervals: z.array(z.string()).min(1), groups: z.array(group) });
});

/**
 * Counts what became of the error events of one project by hour of receipt, whatever their environment, as Sentry's
 * Stats page does (`/stats_v2/`, 2021 and later). Sentry rounds the window to whole hours. Of several projects it
 * gives no series, so each is one request.
 * @param project numeric id; "": what the connection is narrowed to
 * @throws HttpFailure also where this Sentry has no such statistics (`not-found`, `rejected`)
 */
export async function errorOutcomes(
  connection: SentryConnection,
  project: string,
  { start, end }: { readonly start: Date; readonly end: Date },
): Promise<ErrorOutcomes> {
  const { value } = await connection.ask({
    path: ["stats_v2"],
    query: {
      field: QUANTITY,
      groupBy: ["outcome", "reason"],
      category: "error",
      interval: "1h",
      start: toSentryTime(start),
      end: toSentryTime(end),
      project: project === "" ? connection.projects : [project],
    },
    schema: statsSchema(),
    scope: "org:read",
  });
  const [first, second] = value.intervals.map(readInstant);
  if (first === undefined || (second !== undefined && second - first !== HOUR))
    throw unusableSeries("another interval", "stats_v2");
  const groups = value.groups.map(({ by, series }) => ({ ...by, counts: series[QUANTITY] }));
  return { from: first, groups };
}
