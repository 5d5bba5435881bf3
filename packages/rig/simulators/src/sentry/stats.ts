import { readNarrowing, readPeriod, refuseUnknown } from "./asked.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import { shortIso } from "./sessions.ts";
import type { StoredOutcome } from "./stored-intake.ts";
import type { SentryWorld } from "./world.ts";

const HOUR_MS = 3_600_000;
const MAX_POINTS = 10_000;
const QUANTITY = "sum(quantity)";
const KNOWN = ["field", "groupBy", "category", "interval", "start", "end", "statsPeriod", "project"];
const GROUPS = ["outcome", "reason", "category"];

/**
 * `/stats_v2/`: what became of error events, in intervals of an hour or more that cover the window, by receipt; it
 * knows no environments (`QueryDefinition` in getsentry/sentry's `snuba/outcomes.py`).
 */
export function statsReply(world: SentryWorld, query: URLSearchParams) {
  refuseUnknown(query, KNOWN, "/stats_v2/");
  const groupBy = readGroups(query);
  const width = readPeriod(query.get("interval") ?? "1h");
  if (width < HOUR_MS) throw new SentryViolation(400, "Intervals under an hour are not simulated.");
  const asked = readNarrowing(world, query);
  const from = Math.floor(asked.from / width) * width;
  const until = Math.ceil(asked.until / width) * width;
  const length = (until - from) / width;
  if (length > MAX_POINTS)
    throw new SentryRefusal(400, "Your interval and date range would create too many results.");
  const found = world.intake.outcomes.filter(
    ({ at, projectId }) =>
      at >= from && at < until && at <= world.clock.now() && asked.projectIds.has(projectId),
  );
  const groups = Map.groupBy(found, (one) => JSON.stringify(groupBy.map((key) => readKey(one, key))));
  return {
    start: shortIso(from),
    end: shortIso(until),
    intervals: Array.from({ length }, (_, index) => shortIso(from + index * width)),
    groups: [...groups.values()].map((members) => {
      const series = new Array<number>(length).fill(0);
      for (const { at, quantity } of members) {
        const index = Math.floor((at - from) / width);
        series[index] = (series[index] ?? 0) + quantity;
      }
      const by = Object.fromEntries(groupBy.map((key) => [key, members[0] && readKey(members[0], key)]));
      const total = series.reduce((sum, count) => sum + count, 0);
      return { by, totals: { [QUANTITY]: total }, series: { [QUANTITY]: series } };
    }),
  };
}

function readGroups(query: URLSearchParams): readonly string[] {
  const groupBy = query.getAll("groupBy");
  const categories = query.getAll("category");
  if (query.getAll("field").join() !== QUANTITY)
    throw new SentryViolation(400, `field=${query.getAll("field")} is not simulated.`);
  const unknown = groupBy.find((key) => !GROUPS.includes(key));
  if (unknown !== undefined) throw new SentryViolation(400, `groupBy=${unknown} is not simulated.`);
  if (categories.length === 0 && !groupBy.includes("category"))
    throw new SentryRefusal(400, "Query must have category as groupby or filter");
  if (categories.some((category) => category !== "error"))
    throw new SentryViolation(400, `category=${categories} is not simulated.`);
  return groupBy;
}

const readKey = ({ outcome, reason }: StoredOutcome, key: string): string =>
  key === "outcome" ? outcome : key === "reason" ? reason : "error";
