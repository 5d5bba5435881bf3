import type { SentryConnection } from "./connection.ts";
import { type CountedIssue, issueNamed, issuesQuery, narrowProjects } from "./error-events.ts";
import type { EventWindow } from "./events.ts";
import { askTable } from "./explore.ts";
import { toSentryTime } from "./instants.ts";

/** How often an issue happened in one environment. `environment` null: its events name none. */
export type EnvironmentCount = { readonly environment: string | null; readonly count: number };

/**
 * Counts the events of some issues by environment, all environments together, in one request.
 * @returns issue id -> its environments, loudest first; an issue without an event in the window is missing
 * @throws HttpFailure also if this Sentry has no table of errors (`rejected`)
 */
export async function errorEnvironments(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  { start, end }: Pick<EventWindow, "start" | "end">,
): Promise<ReadonlyMap<string, readonly EnvironmentCount[]>> {
  const query = {
    dataset: "errors",
    field: ["issue", "environment", "count()"],
    query: issuesQuery(issues),
    sort: "-count()",
    start: toSentryTime(start),
    end: toSentryTime(end),
    project: narrowProjects(connection, issues),
  };
  const { rows } = await askTable(connection, query, 1);
  const counts = new Map<string, EnvironmentCount[]>();
  for (const row of rows) {
    const issue = issueNamed(issues, row["issue"]) ?? issueNamed(issues, row["issue.id"]);
    const name = row["environment"];
    const environment = typeof name === "string" && name !== "" ? name : null;
    if (issue === undefined) continue;
    const known = counts.get(issue.id) ?? [];
    counts.set(issue.id, [...known, { environment, count: Number(row["count()"] ?? 0) }]);
  }
  return counts;
}
