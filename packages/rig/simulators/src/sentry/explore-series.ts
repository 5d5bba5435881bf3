import { readPeriod, refuseUnknown } from "./asked.ts";
import {
  EXPLORE_PARAMETERS,
  type ExploreGap,
  type ExploreSelection,
  type Observation,
  select,
} from "./explore-data.ts";
import { type ExploreFunction, readFunction, sampleFacts } from "./explore-functions.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import type { SentryWorld } from "./world.ts";

const MAX_POINTS = 10_000;
const INGESTION_DELAY_MS = 90_000;

/** What the series of a reply have in common. */
type Chart = {
  readonly yAxis: string;
  readonly aggregate: ExploreFunction;
  /** Milliseconds since the epoch, and the width of a bucket. */
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly now: number;
  /** Absent: the dataset is not sampled. */
  readonly dataScanned: "full" | "partial" | undefined;
};

type SeriesPlace = {
  readonly order?: number;
  readonly isOther?: boolean;
  readonly groupBy?: readonly { readonly key: string; readonly value: string | null }[];
};

/** `/events-timeseries/`: a series for each of the top groups, one of all others, filled with zeros. */
export function exploreSeriesReply(
  world: SentryWorld,
  query: URLSearchParams,
  gaps: ReadonlySet<ExploreGap>,
) {
  const known = [...EXPLORE_PARAMETERS, "yAxis", "interval", "groupBy", "topEvents", "excludeOther"];
  refuseUnknown(query, known, "/events-timeseries/");
  if (query.get("dataset") === "errors" && gaps.has("errors-timeseries"))
    throw new SentryRefusal(400, "dataset must be one of: spans, logs, profile_functions, uptime_results");
  const selection = select(world, query, gaps);
  const chart = readChart(world, query, selection);
  const groupBy = query.getAll("groupBy");
  const topEvents = readTopEvents(query, groupBy, selection);
  // The same reply as where nothing is visible, but for its empty meta.
  if (world.projects.size === 0) return { meta: { dataset: "", start: 0, end: 0 }, timeSeries: [] };
  const meta = { dataset: selection.dataset, start: chart.start, end: chart.end };
  const { observations } = selection;
  if (topEvents === 0) return { meta, timeSeries: [renderSeries(observations, chart, {})] };
  if (observations.length === 0)
    return { meta, timeSeries: selection.dataset === "spans" ? [] : [renderSeries([], chart, {})] };
  return { meta, timeSeries: topSeries(observations, chart, { groupBy, topEvents, query }) };
}

function topSeries(
  observations: readonly Observation[],
  chart: Chart,
  { groupBy, topEvents, query }: { groupBy: readonly string[]; topEvents: number; query: URLSearchParams },
) {
  const groups = Map.groupBy(observations, ({ read }) => JSON.stringify(groupBy.map((key) => read(key))));
  const value = (members: readonly Observation[]) =>
    Number(chart.aggregate.evaluate(members, chart.end - chart.start) ?? 0);
  const sign = query.get("sort")?.startsWith("-") === false ? 1 : -1;
  const ranked = [...groups.values()].sort((one, other) => sign * (value(one) - value(other)));
  const series = ranked.slice(0, topEvents).map((members, order) =>
    renderSeries(members, chart, {
      order,
      groupBy: groupBy.map((key) => ({ key, value: toText(members[0]?.read(key)) })),
    }),
  );
  const others = ranked.slice(topEvents).flat();
  if (others.length === 0 || query.get("excludeOther") === "1") return series;
  return [...series, renderSeries(others, chart, { order: topEvents, isOther: true })];
}

const toText = (value: string | number | boolean | null | undefined) =>
  value === null || value === undefined ? null : String(value);

function readTopEvents(
  query: URLSearchParams,
  groupBy: readonly string[],
  { fields }: ExploreSelection,
): number {
  const text = query.get("topEvents");
  if (text === null) return 0;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new SentryRefusal(400, "topEvents needs to be at least 1");
  if (count > 10) throw new SentryRefusal(400, "Can only get up to 10 top events");
  if (groupBy.length === 0)
    throw new SentryRefusal(400, "groupBy is a required parameter when doing topEvents");
  if (groupBy.includes("timestamp")) throw new SentryRefusal(400, "Cannot group by timestamp");
  const unknown = groupBy.find((key) => !fields.has(key));
  if (unknown) throw new SentryViolation(400, `groupBy=${unknown} is not simulated.`);
  const sort = query.get("sort")?.replace(/^-/, "");
  if (sort !== undefined && sort !== query.get("yAxis"))
    throw new SentryRefusal(400, "orderby must also be in the selected columns or groupby");
  return count;
}

/** An interval that makes too many points is replaced by a coarser one, silently, as in Sentry. */
function readChart(world: SentryWorld, query: URLSearchParams, { dataset, window }: ExploreSelection): Chart {
  const axes = query.getAll("yAxis");
  const [yAxis = "count()"] = axes;
  const aggregate = readFunction(yAxis);
  if (axes.length > 1 || aggregate === undefined || (dataset === "errors" && yAxis !== "count()"))
    throw new SentryViolation(400, `yAxis=${axes} is not simulated.`);
  const { from: start, until: end } = window;
  const asked = readPeriod(query.get("interval") ?? "1h");
  const most = MAX_POINTS / Math.max(1, Number(query.get("topEvents") ?? 1));
  const days = (end - start) / 86_400_000;
  const coarse = days > 30 ? 14_400_000 : days > 1 ? 3_600_000 : 300_000;
  const width = (end - start) / asked > most ? coarse : asked;
  const scanned = world.scansAllSpans ? "full" : "partial";
  const dataScanned = dataset === "spans" ? scanned : undefined;
  return { yAxis, aggregate, start, end, width, now: world.clock.now(), dataScanned };
}

function renderSeries(members: readonly Observation[], chart: Chart, place: SeriesPlace) {
  const { yAxis, aggregate, start, end, width, now, dataScanned } = chart;
  const first = Math.floor(start / width) * width;
  const length = Math.floor(end / width) - Math.floor(start / width) + 1;
  const buckets = Array.from({ length }, (): Observation[] => []);
  for (const member of members) buckets[Math.floor((member.at - first) / width)]?.push(member);
  const { groupBy, order, isOther = false } = place;
  return {
    yAxis,
    ...(groupBy ? { groupBy } : {}),
    values: buckets.map((bucket, index) => {
      const timestamp = first + index * width;
      const incomplete = timestamp + width >= now - INGESTION_DELAY_MS;
      const reason = incomplete ? { incompleteReason: "INCOMPLETE_BUCKET" } : {};
      const facts = dataScanned === undefined ? {} : sampleFacts(bucket);
      return { timestamp, value: aggregate.evaluate(bucket, width) ?? 0, incomplete, ...reason, ...facts };
    }),
    meta: {
      valueType: aggregate.valueType,
      valueUnit: aggregate.valueUnit,
      interval: width,
      ...(order === undefined ? {} : { order, isOther }),
      ...(dataScanned === undefined ? {} : { dataScanned }),
    },
  };
}
