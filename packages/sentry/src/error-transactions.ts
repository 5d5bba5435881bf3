import type { SentryConnection } from "./connection.ts";
import { type CountedIssue, issueNamed, selectErrors } from "./error-events.ts";
import type { EventWindow } from "./events.ts";
import { askTable } from "./explore.ts";

/** How many events of an issue occurred in one transaction; null: they name none. */
export type TransactionErrors = { readonly transaction: string | null; readonly count: number };

const PAGES = 3;

/**
 * The transactions in which issues occurred, all issues in one request if they have few.
 * @returns issue id -> its transactions, the most frequent first; of many the rarest are missing.
 */
export async function errorsByTransaction(
  connection: SentryConnection,
  issues: readonly CountedIssue[],
  window: Pick<EventWindow, "start" | "end" | "environment">,
): Promise<ReadonlyMap<string, readonly TransactionErrors[]>> {
  const query = {
    ...selectErrors(connection, issues, window),
    field: ["issue", "transaction", "count()"],
    sort: "-count()",
  };
  const { rows } = await askTable(connection, query, PAGES);
  const found = new Map<string, TransactionErrors[]>();
  for (const row of rows) {
    const issue = issueNamed(issues, row["issue"]) ?? issueNamed(issues, row["issue.id"]);
    const { transaction, "count()": count } = row;
    if (issue === undefined || typeof count !== "number") continue;
    const name = typeof transaction === "string" && transaction !== "" ? transaction : null;
    found.set(issue.id, [...(found.get(issue.id) ?? []), { transaction: name, count }]);
  }
  return found;
}
