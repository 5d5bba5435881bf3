import { readRows } from "./replies.ts";
import { type PostHogConnection, runQuery } from "./run-query.ts";
import { type TimeWindow, utc } from "./time-window.ts";

/** What happened of one event in one window. */
export type EventTally = {
  readonly count: number;
  /** Different people. ClickHouse's `uniq`: exact for small numbers, an estimate for large ones. */
  readonly actors: number;
};

export type EventCount = {
  readonly event: string;
  readonly incident: EventTally;
  readonly baseline: EventTally;
};

export type CountEvents = {
  /** Names as PostHog has them; no event is counted twice. */
  readonly events: readonly string[];
  readonly incident: TimeWindow;
  readonly baseline: TimeWindow;
};

const within = (window: string): string =>
  `timestamp >= toDateTime({${window}_from}, 'UTC') AND timestamp < toDateTime({${window}_to}, 'UTC')`;

/**
 * Counts events in two windows with one query. Events that did not happen count 0; the order is that of `events`.
 * Only totals leave PostHog: no person, no property.
 */
export async function countEvents(
  connection: PostHogConnection,
  { events, incident, baseline }: CountEvents,
): Promise<EventCount[]> {
  const names = [...new Set(events)];
  if (names.length === 0) return [];
  const table = await runQuery(connection, {
    name: "patchpilot_impact",
    hogql: countingQuery(names.length),
    values: {
      events: names,
      incident_from: utc(incident.from),
      incident_to: utc(incident.to),
      baseline_from: utc(baseline.from),
      baseline_to: utc(baseline.to),
    },
  });
  const rows = new Map(readRows(table).map((row) => [row.text("event"), row]));
  const tally = (name: string, window: string): EventTally => ({
    count: rows.get(name)?.count(`${window}_count`) ?? 0,
    actors: rows.get(name)?.count(`${window}_actors`) ?? 0,
  });
  return names.map((event) => ({
    event,
    incident: tally(event, "incident"),
    baseline: tally(event, "baseline"),
  }));
}

/** PostHog cuts a result without LIMIT at 100 rows; one row an event is all there can be. */
function countingQuery(limit: number): string {
  const columns = ["incident", "baseline"].flatMap((window) => [
    `countIf(${within(window)}) AS ${window}_count`,
    `uniqIf(person_id, ${within(window)}) AS ${window}_actors`,
  ]);
  return `SELECT event, ${columns.join(", ")}
FROM events
WHERE event IN {events} AND ((${within("incident")}) OR (${within("baseline")}))
GROUP BY event
LIMIT ${limit}`;
}
