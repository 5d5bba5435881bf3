import { isWithin, type Narrowing, readNarrowing, readPeriod, readSize, refuseUnknown } from "./asked.ts";
import { isoOf } from "./instants.ts";
import { SentryRefusal, Violation } from "./refusal.ts";
import { compileSearch, type Readers } from "./search.ts";
import type { SentryWorld } from "./world.ts";

/** Something that Explore counts: an error event, or transactions of one kind. */
type Countable = {
  readonly at: number;
  readonly projectId: string;
  readonly environment: string | null;
  readonly columns: Readonly<Record<string, string | number | null>>;
  /** Stored ones, and how many they stand for. */
  readonly samples: number;
  readonly count: number;
};

/** What an older or smaller Sentry does not have; it answers 400. */
export type ExploreGap = "errors-timeseries" | "issue-filter" | "spans";

const WINDOW = ["project", "environment", "statsPeriod", "start", "end"];

/** Everything of a dataset within the window that the search lets pass. */
function select(
  world: SentryWorld,
  query: URLSearchParams,
  gaps: ReadonlySet<ExploreGap>,
): readonly Countable[] {
  const dataset = query.get("dataset");
  const search = query.get("query") ?? "";
  const narrowing = readNarrowing(world, query);
  if (dataset === "spans") {
    if (gaps.has("spans")) throw new SentryRefusal(400, "dataset must be one of: discover, errors");
    return transactionsWithin(world, narrowing).filter(
      searchOf(search, ["is_transaction", "transaction", "release"]),
    );
  }
  if (dataset !== "errors") throw new Violation(400, `The dataset "${dataset}" is not simulated.`);
  if (gaps.has("issue-filter") && /\bissue:/.test(search))
    throw new SentryRefusal(400, "Invalid key for this search: issue");
  requireKnownIssues(world, search);
  return errorsWithin(world, narrowing).filter(
    searchOf(search, ["issue", "issue.id", "release", "environment"]),
  );
}

function searchOf(search: string, keys: readonly string[]): (thing: Countable) => boolean {
  const readers: Readers<Countable> = Object.fromEntries(
    keys.map((key) => [key, (thing: Countable) => thing.columns[key] ?? null]),
  );
  return compileSearch(search, readers);
}

/** Sentry refuses a short id that it does not know, and with it the whole query. */
function requireKnownIssues(world: SentryWorld, search: string): void {
  const known = new Set([...world.issues.values()].map(({ shortId }) => shortId));
  for (const [, list = ""] of search.matchAll(/\bissue:(?:\[([^\]]*)\])/g)) {
    const unknown = list.split(",").find((shortId) => !known.has(shortId.trim()));
    if (unknown !== undefined) throw new SentryRefusal(400, `Invalid value '${unknown}' for 'issue:' filter`);
  }
}

function errorsWithin(world: SentryWorld, narrowing: Narrowing): readonly Countable[] {
  return [...world.issues.values()].flatMap((issue) => {
    const { projectId } = issue;
    const project = world.projects.get(projectId)?.slug ?? null;
    return issue.events
      .filter(({ at, environment }) => isWithin(narrowing, { at, environment, projectId }))
      .map(({ id, at, release, environment, api }) => ({
        at,
        projectId,
        environment,
        samples: 1,
        count: 1,
        columns: {
          id,
          issue: issue.shortId,
          "issue.id": Number(issue.id),
          release: release ?? null,
          environment,
          title: api.title,
          timestamp: isoOf(at).replace("Z", "+00:00"),
          "project.name": project,
        },
      }));
  });
}

function transactionsWithin(world: SentryWorld, narrowing: Narrowing): readonly Countable[] {
  return world.transactions
    .filter((thing) => isWithin(narrowing, thing))
    .map(({ at, projectId, environment, release, transaction, count, sampleRate }) => ({
      at,
      projectId,
      environment,
      samples: count,
      count: count / sampleRate,
      columns: { release, environment, transaction, is_transaction: "true" },
    }));
}

/** `/events/`: one row an event, or one a group where an aggregate is asked for. */
export function exploreTable(world: SentryWorld, query: URLSearchParams, gaps: ReadonlySet<ExploreGap>) {
  refuseUnknown(query, [...WINDOW, "dataset", "field", "query", "sort", "per_page", "cursor"], "/events/");
  readSize(query, "per_page");
  const fields = query.getAll("field");
  if (fields.length === 0 || fields.length > 20)
    throw new SentryRefusal(400, "Between 1 and 20 fields are required.");
  const found = select(world, query, gaps);
  const plain = fields.filter((field) => field !== "count()");
  const unknown = plain.find((field) => found[0] && !(field in found[0].columns));
  if (unknown) throw new Violation(400, `The simulated Sentry knows no field "${unknown}".`);
  const rows = fields.includes("count()")
    ? groupRows(found, plain)
    : found.map((thing) => rowOf(thing, plain));
  const sorted = sortRows(rows, query.get("sort"), fields);
  const meta = {
    fields: Object.fromEntries(fields.map((field) => [field, field === "count()" ? "integer" : "string"])),
    units: Object.fromEntries(fields.map((field) => [field, null])),
    isMetricsData: false,
    isMetricsExtractedData: false,
    tips: world.projects.size === 0 ? { query: "You need at least one project to query." } : {},
    datasetReason: "unchanged",
    dataset: query.get("dataset"),
  };
  return { rows: sorted, meta };
}

/** Without an aggregate, Sentry adds the event's id and its project to every row. */
function rowOf({ columns }: Countable, fields: readonly string[]): Record<string, unknown> {
  const auto =
    "id" in columns ? ["id", "project.name", ...(fields.includes("issue") ? ["issue.id"] : [])] : [];
  return Object.fromEntries([...fields, ...auto].map((field) => [field, columns[field] ?? null]));
}

function groupRows(found: readonly Countable[], fields: readonly string[]): Record<string, unknown>[] {
  const groups = Map.groupBy(found, ({ columns }) =>
    JSON.stringify(fields.map((field) => columns[field] ?? null)),
  );
  return [...groups.values()].map((members) => ({
    ...Object.fromEntries(fields.map((field) => [field, members[0]?.columns[field] ?? null])),
    "count()": members.reduce((sum, { count }) => sum + count, 0),
  }));
}

function sortRows(
  rows: readonly Record<string, unknown>[],
  sort: string | null,
  fields: readonly string[],
): readonly Record<string, unknown>[] {
  if (sort === null) return rows;
  const field = sort.replace(/^-/, "");
  if (!fields.includes(field)) throw new Violation(400, `sort=${sort} is not among the fields.`);
  const sign = sort.startsWith("-") ? -1 : 1;
  const compare = (one: unknown, other: unknown) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other));
  return rows.toSorted((one, other) => sign * compare(one[field], other[field]));
}

const MAX_POINTS = 10_000;
const INGESTION_DELAY_MS = 90_000;

/** `/events-timeseries/`: a series for each of the top groups, one of all others, filled with zeros. */
export function exploreSeries(world: SentryWorld, query: URLSearchParams, gaps: ReadonlySet<ExploreGap>) {
  const known = ["dataset", "yAxis", "interval", "groupBy", "topEvents", "sort", "excludeOther", "query"];
  refuseUnknown(query, [...WINDOW, ...known], "/events-timeseries/");
  if (query.get("yAxis") !== "count()")
    throw new Violation(400, `yAxis=${query.get("yAxis")} is not simulated.`);
  if (query.get("dataset") === "errors" && gaps.has("errors-timeseries")) {
    throw new SentryRefusal(400, "dataset must be one of: spans, logs, profile_functions, uptime_results");
  }
  const found = select(world, query, gaps);
  const grid = readGrid(world, query);
  const meta = { dataset: query.get("dataset") ?? "", start: grid.start, end: grid.end };
  if (world.projects.size === 0) return { meta, timeSeries: [] };
  const groupBy = query.getAll("groupBy");
  const topEvents = readTopEvents(query, groupBy);
  if (topEvents === 0 || found.length === 0) return { meta, timeSeries: [seriesOf(world, found, grid, {})] };
  const groups = Map.groupBy(found, ({ columns }) =>
    JSON.stringify(groupBy.map((key) => columns[key] ?? null)),
  );
  const ranked = [...groups.values()].sort((one, other) => total(other) - total(one));
  const timeSeries = ranked.slice(0, topEvents).map((members, order) =>
    seriesOf(world, members, grid, {
      order,
      groupBy: groupBy.map((key) => ({ key, value: toText(members[0]?.columns[key]) })),
    }),
  );
  const others = ranked.slice(topEvents).flat();
  if (others.length > 0 && query.get("excludeOther") !== "1") {
    timeSeries.push(seriesOf(world, others, grid, { order: topEvents, isOther: true }));
  }
  return { meta, timeSeries };
}

const total = (members: readonly Countable[]) => members.reduce((sum, { count }) => sum + count, 0);
const toText = (value: string | number | null | undefined) =>
  value === null || value === undefined ? null : String(value);

function readTopEvents(query: URLSearchParams, groupBy: readonly string[]): number {
  const text = query.get("topEvents");
  if (text === null) return 0;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new SentryRefusal(400, "topEvents needs to be at least 1");
  if (count > 10) throw new SentryRefusal(400, "Can only get up to 10 top events");
  if (groupBy.length === 0)
    throw new SentryRefusal(400, "groupBy is a required parameter when doing topEvents");
  const unknown = groupBy.find((key) => !["issue", "release", "transaction"].includes(key));
  if (unknown) throw new Violation(400, `groupBy=${unknown} is not simulated.`);
  return count;
}

type Grid = { readonly start: number; readonly end: number; readonly width: number };

/** An interval that makes too many points is replaced by a coarser one, silently, as in Sentry. */
function readGrid(world: SentryWorld, query: URLSearchParams): Grid {
  const { from, until } = readNarrowing(world, query);
  const asked = readPeriod(query.get("interval") ?? "1h");
  const most = MAX_POINTS / Math.max(1, Number(query.get("topEvents") ?? 1));
  const days = (until - from) / 86_400_000;
  const coarse = days > 30 ? 14_400_000 : days > 1 ? 3_600_000 : 300_000;
  const width = (until - from) / asked > most ? coarse : asked;
  return { start: from, end: until, width };
}

function seriesOf(
  world: SentryWorld,
  members: readonly Countable[],
  { start, end, width }: Grid,
  extra: { order?: number; isOther?: boolean; groupBy?: { key: string; value: string | null }[] },
) {
  const first = Math.floor(start / width) * width;
  const length = Math.floor(end / width) - Math.floor(start / width) + 1;
  const counts = new Array<number>(length).fill(0);
  const samples = new Array<number>(length).fill(0);
  for (const member of members) {
    const index = Math.floor((member.at - first) / width);
    counts[index] = (counts[index] ?? 0) + member.count;
    samples[index] = (samples[index] ?? 0) + member.samples;
  }
  const { groupBy, order, isOther = false } = extra;
  const sampled = members.some(({ columns }) => columns["is_transaction"] === "true");
  return {
    yAxis: "count()",
    ...(groupBy ? { groupBy } : {}),
    values: counts.map((value, index) => {
      const timestamp = first + index * width;
      const incomplete = timestamp + width >= world.clock.now() - INGESTION_DELAY_MS;
      const reason = incomplete ? { incompleteReason: "INCOMPLETE_BUCKET" } : {};
      const facts = sampled ? sampleFacts(value, samples[index] ?? 0) : {};
      return { timestamp, value, incomplete, ...reason, ...facts };
    }),
    meta: {
      valueType: "integer",
      valueUnit: null,
      interval: width,
      ...(order === undefined ? {} : { order, isOther }),
      ...(sampled ? { dataScanned: "full" as const } : {}),
    },
  };
}

function sampleFacts(value: number, samples: number) {
  const confidence: "high" | "low" = samples >= 100 || samples === value ? "high" : "low";
  return { sampleCount: samples, sampleRate: value === 0 ? null : samples / value, confidence };
}
