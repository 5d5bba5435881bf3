import type { SentryConnection } from "./connection.ts";
import { type CountedIssue, issueNamed, selectErrors } from "./error-events.ts";
import type { EventWindow } from "./events.ts";
import { askTable } from "./explore.ts";

/**
 * How often issues happened within a window, a hundred a request.
 * @returns issue id -> its events; one without any is 0.
 */
export async function countIssueEvents(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  window: Pick<EventWindow, "start" | "end" | "environment">,
): Promise<ReadonlyMap<string, number>> {
  if (issues.length === 0) return new Map();
  const query = {
    ...selectErrors(connection, issues, window),
    field: ["issue", "count()"],
    sort: "-count()",
  };
  const { rows } = await askTable(connection, query, Math.ceil(issues.length / 100));
  const counts = new Map(issues.map(({ id }) => [id, 0]));
  for (const row of rows) {
    const issue = issueNamed(issues, row["issue"]) ?? issueNamed(issues, row["issue.id"]);
    const count = row["count()"];
    if (issue !== undefined && typeof count === "number") counts.set(issue.id, count);
  }
  return counts;
}
