import { readRows } from "./replies.ts";
import { type PostHogConnection, runQuery } from "./run-query.ts";
import { type TimeWindow, utc } from "./time-window.ts";

/** An event that the product sends, and how often. */
export type FrequentEvent = { readonly event: string; readonly count: number };

/** More names than a product has; PostHog cuts a result without a limit at 100 rows. */
const MOST_NAMES = 1_000;

/** The events of a window, the most frequent first; names and totals only. */
export async function frequentEvents(
  connection: PostHogConnection,
  window: TimeWindow,
): Promise<FrequentEvent[]> {
  const table = await runQuery(connection, {
    name: "patchpilot_events",
    hogql: `SELECT event, count() AS times
FROM events
WHERE timestamp >= toDateTime({from}, 'UTC') AND timestamp < toDateTime({to}, 'UTC')
GROUP BY event
ORDER BY times DESC
LIMIT ${MOST_NAMES}`,
    values: { from: utc(window.from), to: utc(window.to) },
  });
  return readRows(table).map((row) => ({ event: row.text("event"), count: row.count("times") }));
}
