import type { SentryConnection } from "./connection.ts";
import { askTable, type ExploreRow } from "./explore.ts";
import { OPERATION_FIELDS, type OperationWindow, readOperation, windowQuery } from "./operation.ts";
import { groupSearches, isSame, type Search, writeSearch } from "./operation-search.ts";

/** Stored spans of one operation that name a release; null: that name none. */
export type ReleaseSpans = { readonly release: string | null; readonly samples: number };

/** Rows of a group of operations that are read; the rarest releases are beyond. */
const PAGES = 3;
/** Operations whose releases share a table. */
const MOST_TOGETHER = 50;

/**
 * The releases in which operations were used over a window, the busiest first, in the order of the operations; one request
 * for as many as fit into an address.
 * @returns undefined for an operation of which Sentry looked at a part only
 */
export async function operationReleases(
  connection: SentryConnection,
  window: OperationWindow,
  operations: readonly Search["operation"][],
): Promise<readonly (readonly ReleaseSpans[] | undefined)[]> {
  const searches = operations.map((operation) => ({ operation, search: writeSearch(operation) }));
  const answers: (readonly ReleaseSpans[] | undefined)[] = [];
  for (const group of groupSearches(searches, MOST_TOGETHER))
    answers.push(...(await askGroup(connection, window, group)));
  return answers;
}

async function askGroup(
  connection: SentryConnection,
  window: OperationWindow,
  group: readonly Search[],
): Promise<readonly (readonly ReleaseSpans[] | undefined)[]> {
  const { rows, partial } = await askTable(
    connection,
    {
      dataset: "spans",
      field: [...OPERATION_FIELDS, "release", "count()"],
      query: group.map(({ search }) => `(${search})`).join(" OR "),
      sort: "-count()",
      ...windowQuery(window, connection.projects),
      disableAggregateExtrapolation: 1,
    },
    PAGES,
  );
  if (partial) return group.map(() => undefined);
  return group.map(({ operation }) => rows.flatMap((row) => readRow(row, operation)));
}

function readRow(row: ExploreRow, operation: Search["operation"]): ReleaseSpans[] {
  const found = readOperation((field) => row[field]);
  const { release, "count()": samples } = row;
  if (found === undefined || !isSame(operation, found) || typeof samples !== "number") return [];
  return [{ release: typeof release === "string" && release !== "" ? release : null, samples }];
}
