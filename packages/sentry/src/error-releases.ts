import type { SentryConnection } from "./connection.ts";
import { BUCKET_WIDTH, type BucketCounts, countInto, floorToBucket, ingestedUntil } from "./counting.ts";
import { type CountedIssue, issuesQuery, narrowProjects } from "./error-events.ts";
import type { EventWindow } from "./events.ts";
import { askSeries, groupsThatFit } from "./explore.ts";
import { toSentryTime } from "./instants.ts";

/** An issue's events of one release in five-minute buckets. */
export type ReleaseErrors = BucketCounts & {
  /** Null: events that name none. Undefined: of releases beyond the loudest, not told apart. */
  readonly release: string | null | undefined;
};

/**
 * Counts the events of one loud issue by release, the ten loudest releases on their own, in one request: single events
 * would fill page after page.
 * @throws HttpFailure also where this Sentry has no time series of errors (`rejected`).
 */
export async function errorsByRelease(
  connection: SentryConnection,
  issue: CountedIssue,
  window: Pick<EventWindow, "start" | "end" | "environment">,
): Promise<readonly ReleaseErrors[]> {
  const from = floorToBucket(window.start, BUCKET_WIDTH);
  const to = ingestedUntil(window.end, BUCKET_WIDTH);
  if (from >= to) return [];
  const series = await askSeries(connection, {
    dataset: "errors",
    yAxis: "count()",
    interval: BUCKET_WIDTH / 1_000,
    groupBy: "release",
    topEvents: Math.max(1, groupsThatFit((to - from) / BUCKET_WIDTH)),
    sort: "-count()",
    query: issuesQuery([issue]),
    start: toSentryTime(from),
    end: toSentryTime(to),
    environment: window.environment,
    project: narrowProjects(connection, [issue]),
  });
  return series.map(({ values, groupBy, isOther }) => {
    const points = values.map(({ timestamp, value }) => ({ at: timestamp, count: value }));
    const release = isOther ? undefined : groupBy[0]?.value || null;
    return { release, ...countInto(points, from, to, BUCKET_WIDTH) };
  });
}
