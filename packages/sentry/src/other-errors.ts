import type { SentryConnection } from "./connection.ts";
import { BUCKET_WIDTH, type BucketCounts, countInto, floorToBucket, ingestedUntil } from "./counting.ts";
import { askSeries, completeUntil, MAX_POINTS, requireInterval } from "./explore.ts";
import { toSentryTime } from "./instants.ts";

/**
 * Counts the errors of one project but those of some issues, in five-minute buckets: one request. Issues are named by
 * number, since Sentry refuses a search with a short id that it does not know (any more).
 * @param project numeric id; "": what the connection is narrowed to
 * @throws HttpFailure also where this Sentry has no time series of errors (`rejected`)
 */
export async function otherErrors(
  connection: SentryConnection,
  project: string,
  question: {
    readonly without: readonly string[];
    readonly start: Date;
    readonly end: Date;
    readonly environment?: string;
  },
): Promise<BucketCounts> {
  const end = ingestedUntil(question.end, BUCKET_WIDTH);
  const from = Math.max(floorToBucket(question.start, BUCKET_WIDTH), end - (MAX_POINTS - 1) * BUCKET_WIDTH);
  if (from >= end) return { from: end, interval: BUCKET_WIDTH, counts: [] };
  const series = await askSeries(connection, {
    dataset: "errors",
    yAxis: "count()",
    interval: BUCKET_WIDTH / 1_000,
    query: question.without.map((id) => `!issue.id:${id}`).join(" "),
    start: toSentryTime(from),
    end: toSentryTime(end),
    environment: question.environment,
    project: project === "" ? connection.projects : [project],
  });
  requireInterval(series, BUCKET_WIDTH);
  const to = Math.min(end, ...series.map(completeUntil));
  const points = series.flatMap(({ values }) =>
    values.map(({ timestamp, value }) => ({ at: timestamp, count: value })),
  );
  return countInto(points, from, to, BUCKET_WIDTH);
}
