import type { SentryConnection } from "./connection.ts";
import { BUCKET_WIDTH, type BucketCounts, countInto, ingestedUntil } from "./counting.ts";
import {
  type CountedIssue,
  errorEvents,
  isBroken,
  isRefusal,
  issueNamed,
  issuesQuery,
  narrowProjects,
} from "./error-events.ts";
import { askSeries, completeUntil, type ExploreSeries, requireInterval, unusableSeries } from "./explore.ts";
import { toSentryTime } from "./instants.ts";
import { type BucketedIssue, type BucketGroup, groupIssues, type PlacedIssue } from "./issue-groups.ts";

export type BucketQuestion = {
  readonly issues: readonly BucketedIssue[];
  /** For issues without an own `since`. */
  readonly start: Date;
  /** Now, by the provider's clock: buckets that are not ingested yet are left out. */
  readonly end: Date;
  /** Seconds; default 300. */
  readonly interval?: number;
  readonly environment?: string;
};

/** How often an issue happened in each bucket, all releases together. */
export type ErrorBuckets = BucketCounts & {
  readonly issueId: string;
  readonly source: "timeseries" | "events" | "issue-events";
  /** The series begins later than was asked, because there was more data than Sentry hands out. */
  readonly truncated: boolean;
};

/**
 * Counts the events of issues in five-minute buckets; the first source that answers: Explore's time series (ten issues
 * a request), Explore's table, each issue's own list. A bucket without events is 0, never missing.
 * @returns issue id -> its buckets; an issue that Sentry does not know (any more) is missing.
 * @throws HttpFailure where Sentry is down, limits or refuses every source: then nothing is known, not zero.
 */
export async function errorBuckets(
  connection: SentryConnection,
  question: BucketQuestion,
): Promise<ReadonlyMap<string, ErrorBuckets>> {
  const interval = (question.interval ?? BUCKET_WIDTH / 1_000) * 1_000;
  const groups = groupIssues(question, interval);
  const [first, ...rest] = groups;
  if (first === undefined) return new Map();
  const attempt = (group: BucketGroup) => seriesUnlessRefused(connection, group, question, interval);
  const firstSeries = await attempt(first);
  // What was refused for the first group would be refused for the others too.
  const series = [
    firstSeries,
    ...(firstSeries ? await Promise.all(rest.map(attempt)) : rest.map(() => undefined)),
  ];
  const refused = groups.flatMap(({ issues }, index) => (series[index] ? [] : issues));
  const buckets = [
    ...series.flatMap((one) => one ?? []),
    ...(await fromEvents(connection, refused, question, interval)),
  ];
  return new Map(buckets.map((one) => [one.issueId, one]));
}

async function seriesUnlessRefused(
  connection: SentryConnection,
  group: BucketGroup,
  question: BucketQuestion,
  interval: number,
): Promise<readonly ErrorBuckets[] | undefined> {
  try {
    return await fromSeries(connection, group, question, interval);
  } catch (error) {
    if (isRefusal(error) || isBroken(error)) return undefined;
    throw error;
  }
}

async function fromSeries(
  connection: SentryConnection,
  group: BucketGroup,
  question: BucketQuestion,
  interval: number,
): Promise<readonly ErrorBuckets[]> {
  if (group.from >= group.to) return emptyBuckets(group, interval);
  const series = await askSeries(connection, {
    dataset: "errors",
    yAxis: "count()",
    interval: interval / 1_000,
    groupBy: "issue",
    topEvents: group.issues.length,
    sort: "-count()",
    excludeOther: 1,
    query: issuesQuery(group.issues),
    start: toSentryTime(group.from),
    end: toSentryTime(group.to),
    environment: question.environment,
    project: narrowProjects(connection, group.issues),
  });
  const byIssue = matchSeries(series, group.issues, interval);
  const to = Math.min(group.to, ...series.map(completeUntil));
  return group.issues.map((issue) => {
    const points = (byIssue.get(issue.id)?.values ?? []).map(({ timestamp, value }) => ({
      at: timestamp,
      count: value,
    }));
    const counts = countInto(points, issue.from, to, interval);
    return { ...counts, issueId: issue.id, source: "timeseries", truncated: issue.clipped };
  });
}

/** Nothing is ingested yet since the onset: no bucket, and no request that Sentry would refuse. */
function emptyBuckets({ issues, to }: BucketGroup, interval: number): readonly ErrorBuckets[] {
  return issues.map(({ id }) => ({
    from: to,
    interval,
    counts: [],
    issueId: id,
    source: "timeseries",
    truncated: false,
  }));
}

/** @throws HttpFailure `unreadable` where Sentry chose another interval or groups by something unknown. */
function matchSeries(
  series: readonly ExploreSeries[],
  issues: readonly CountedIssue[],
  interval: number,
): Map<string, ExploreSeries> {
  requireInterval(series, interval);
  const byIssue = new Map<string, ExploreSeries>();
  for (const one of series) {
    const issue = one.groupBy
      .filter(({ key }) => key === "issue" || key === "issue.id")
      .map(({ value }) => issueNamed(issues, value))
      .find((named) => named !== undefined);
    if (issue) byIssue.set(issue.id, one);
    else if (!one.isOther && one.values.some(({ value }) => value > 0))
      throw unusableSeries("an unknown group");
  }
  return byIssue;
}

async function fromEvents(
  connection: SentryConnection,
  issues: readonly PlacedIssue[],
  question: BucketQuestion,
  interval: number,
): Promise<readonly ErrorBuckets[]> {
  const to = ingestedUntil(question.end, interval);
  const start = issues.reduce((earliest, { from }) => Math.min(earliest, from), to);
  const window = { start: new Date(start), end: new Date(to), environment: question.environment };
  const { rows, knownFrom, source } = await errorEvents(connection, issues, window);
  return issues.flatMap((issue) => {
    const instant = knownFrom.get(issue.id);
    if (instant === undefined) return [];
    const known = Math.ceil(instant / interval) * interval;
    const from = Math.min(Math.max(issue.from, known), to);
    const points = rows.filter(({ issueId }) => issueId === issue.id).map(({ at }) => ({ at, count: 1 }));
    const counts = countInto(points, from, to, interval);
    return { ...counts, issueId: issue.id, source, truncated: issue.clipped || from > issue.from };
  });
}
