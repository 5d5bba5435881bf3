import { HttpFailure } from "@patchpilot/http";
import type { SentryConnection } from "./connection.ts";
import { type EventRow, type EventWindow, listIssueEvents } from "./events.ts";
import { askTable, type ExploreRow } from "./explore.ts";
import { readInstant, toSentryTime } from "./instants.ts";

/** An issue whose events are to be counted. */
export type CountedIssue = {
  readonly id: string;
  readonly shortId: string;
  /** Narrows the query to the issue's project. */
  readonly projectId?: string;
};

export type ErrorEvents = {
  /** Newest first for each issue. */
  readonly rows: readonly EventRow[];
  /**
   * Issue id -> milliseconds since the epoch from which on its events are all here; later than the window's start
   * where there were too many to read. An issue that Sentry does not know (any more) is missing.
   */
  readonly knownFrom: ReadonlyMap<string, number>;
  readonly source: "events" | "issue-events";
};

/** Refusals that another endpoint may not share: an unknown query, a missing endpoint or scope, an unknown shape. */
export function isRefusal(error: unknown): boolean {
  const kinds = ["rejected", "not-found", "forbidden", "unreadable"];
  return error instanceof HttpFailure && kinds.includes(error.kind);
}

/** Whether a Sentry is too old for a question: it refuses it, or has no such endpoint (`/events-timeseries/` is of 2025). */
export function isUnsupported(error: unknown): boolean {
  return error instanceof HttpFailure && (error.kind === "rejected" || error.kind === "not-found");
}

/** Some versions answer 500 to grouped series of errors and nothing else (getsentry/sentry#119949). */
export function isBroken(error: unknown): error is HttpFailure {
  return error instanceof HttpFailure && error.kind === "server";
}

/**
 * The events of some issues with their releases, in one query for all of them (1,000 events at most by default), or
 * where that is refused from each issue's own list.
 */
export async function errorEvents(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  window: EventWindow,
): Promise<ErrorEvents> {
  if (issues.length === 0) return { rows: [], knownFrom: new Map(), source: "events" };
  try {
    return await fromExplore(connection, issues, window);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return fromIssueLists(connection, issues, window);
  }
}

async function fromExplore(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  window: EventWindow,
): Promise<ErrorEvents> {
  const query = {
    ...selectErrors(connection, issues, window),
    field: ["issue", "release", "timestamp"],
    sort: "-timestamp",
  };
  const { rows, truncated } = await askTable(connection, query, window.maxPages ?? 10);
  const read = rows.flatMap((row) => toEventRow(row, issues));
  const known = truncated ? findOldest(read) : window.start.getTime();
  return { rows: read, knownFrom: new Map(issues.map(({ id }) => [id, known])), source: "events" };
}

async function fromIssueLists(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  window: EventWindow,
): Promise<ErrorEvents> {
  const rows: EventRow[] = [];
  const knownFrom = new Map<string, number>();
  let missing: HttpFailure | undefined;
  for (const { id } of issues) {
    try {
      const pages = await listIssueEvents(connection, id, window);
      rows.push(...pages.rows);
      knownFrom.set(id, pages.truncated ? findOldest(pages.rows) : window.start.getTime());
    } catch (error) {
      // One issue that was deleted or merged must not hide the others.
      if (!(error instanceof HttpFailure) || error.kind !== "not-found") throw error;
      missing = error;
    }
  }
  if (missing && knownFrom.size === 0) throw missing;
  return { rows, knownFrom, source: "issue-events" };
}

/** Just after the oldest event that was read: others may share its instant. */
function findOldest(rows: readonly EventRow[]): number {
  return rows.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY) + 1;
}

/** Explore's question for the events of these issues within a window. */
export const selectErrors = (
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  { start, end, environment }: EventWindow,
) => ({
  dataset: "errors",
  query: issuesQuery(issues),
  start: toSentryTime(start),
  end: toSentryTime(end),
  environment,
  project: narrowProjects(connection, issues),
});

/** Sentry's search for these issues. */
export function issuesQuery(issues: readonly CountedIssue[]): string {
  return `issue:[${issues.map(({ shortId }) => shortId).join(",")}]`;
}

/** Their projects if all are known, else the connection's. */
export function narrowProjects(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
): readonly string[] {
  const ids = issues.map(({ projectId }) => projectId);
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : connection.projects;
}

/** The issue that a value of Sentry's `issue` or `issue.id` column names. */
export function issueNamed(issues: readonly CountedIssue[], value: unknown): CountedIssue | undefined {
  const name = String(value);
  return issues.find(({ id, shortId }) => name === shortId || name === id);
}

function toEventRow(row: ExploreRow, issues: readonly CountedIssue[]): EventRow[] {
  const issue = issueNamed(issues, row["issue"]) ?? issueNamed(issues, row["issue.id"]);
  const at = readInstant(typeof row["timestamp"] === "string" ? row["timestamp"] : null);
  const release = row["release"];
  if (issue === undefined || at === undefined) return [];
  return [{ issueId: issue.id, at, release: typeof release === "string" && release !== "" ? release : null }];
}
