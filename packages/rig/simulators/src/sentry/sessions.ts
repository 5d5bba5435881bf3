import { isWithin, readNarrowing, readPeriod, refuseUnknown } from "./asked.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import type { SentryWorld, StoredSessions } from "./world.ts";

const HOUR_MS = 3_600_000;
const MOST_INTERVALS = 1_000;
const KNOWN = [
  ...["field", "groupBy", "interval", "start", "end", "statsPeriod", "project", "environment"],
  ...["includeTotals", "includeSeries", "orderBy", "per_page"],
];

/** `/sessions/`: `sum(session)` by release, in intervals of an hour or more that cover the window. */
export function sessionsReply(world: SentryWorld, query: URLSearchParams) {
  refuseUnknown(query, KNOWN, "/sessions/");
  const fields = query.getAll("field");
  if (fields.length !== 1 || fields[0] !== "sum(session)")
    throw new SentryViolation(400, `field=${fields} is not simulated.`);
  const groupBy = query.getAll("groupBy");
  if (groupBy.some((key) => key !== "release"))
    throw new SentryViolation(400, `groupBy=${groupBy} is not simulated.`);
  const width = readPeriod(query.get("interval") ?? "1h");
  if (width < HOUR_MS) throw new SentryRefusal(400, "Your interval must be at least 1h.");
  const asked = readNarrowing(world, query);
  const from = Math.floor(asked.from / width) * width;
  const until = Math.ceil(asked.until / width) * width;
  if ((until - from) / width > MOST_INTERVALS)
    throw new SentryRefusal(400, "Your interval and date range would create too many results.");
  const starts = Array.from({ length: (until - from) / width }, (_, index) => from + index * width);
  const found = world.sessions.filter((one) => isWithin({ ...asked, from, until }, one));
  const groups = Map.groupBy(found, ({ release }) => (groupBy.length > 0 ? (release ?? "") : ""));
  return {
    start: shortIso(from),
    end: shortIso(until),
    intervals: starts.map(shortIso),
    groups: [...groups].map(([release, members]) =>
      groupReply(groupBy.length > 0 ? { release } : {}, members, starts, width, query),
    ),
    query: "",
  };
}

export const shortIso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

function groupReply(
  by: { release?: string },
  members: readonly StoredSessions[],
  starts: readonly number[],
  width: number,
  query: URLSearchParams,
) {
  const series = starts.map((start) =>
    members.filter(({ at }) => at >= start && at < start + width).reduce((sum, { count }) => sum + count, 0),
  );
  const totals = { "sum(session)": series.reduce((sum, count) => sum + count, 0) };
  return {
    by,
    ...(query.get("includeTotals") === "0" ? {} : { totals }),
    ...(query.get("includeSeries") === "0" ? {} : { series: { "sum(session)": series } }),
  };
}
