import { readSize, refuseUnknown } from "./asked.ts";
import {
  EXPLORE_PARAMETERS,
  type ExploreGap,
  type ExploreSelection,
  type Observation,
  select,
} from "./explore-data.ts";
import { type ExploreFunction, judgeConfidence, readFunction } from "./explore-functions.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import type { SentryWorld } from "./world.ts";

/** A column of the table: a field, or a function of the rows that are put together. */
type Column = { readonly name: string; readonly aggregate: ExploreFunction | undefined };

type Row = {
  readonly values: Readonly<Record<string, unknown>>;
  /** Of each function; empty for rows that stand for themselves. */
  readonly confidence: Readonly<Record<string, "high" | "low" | null>>;
};

/** `/events/`: one row an event, or one a group where a function is asked for. */
export function exploreTableReply(world: SentryWorld, query: URLSearchParams, gaps: ReadonlySet<ExploreGap>) {
  refuseUnknown(query, [...EXPLORE_PARAMETERS, "field", "per_page", "cursor"], "/events/");
  readSize(query, "per_page");
  const names = query.getAll("field");
  if (names.length === 0 || names.length > 20)
    throw new SentryRefusal(400, "Between 1 and 20 fields are required.");
  const selection = select(world, query, gaps);
  const columns = names.map((name) => readColumn(name, selection, gaps));
  const isGrouped = columns.some(({ aggregate }) => aggregate !== undefined);
  const rows = isGrouped
    ? groupRows(selection, columns)
    : selection.observations.map((one) => renderRow(one, names));
  return { rows: sortRows(rows, query.get("sort"), names), meta: renderMeta(world, selection, columns) };
}

function readColumn(name: string, { fields }: ExploreSelection, gaps: ReadonlySet<ExploreGap>): Column {
  if (name === "count_sample()" && gaps.has("count-sample"))
    throw new SentryRefusal(400, "Unknown function count_sample");
  const aggregate = readFunction(name);
  if (aggregate === undefined && !fields.has(name))
    throw new SentryViolation(400, `The simulated Sentry knows no field "${name}".`);
  return { name, aggregate };
}

/** Without a function, Sentry adds an error's id and its project to every row. */
function renderRow({ read }: Observation, fields: readonly string[]): Row {
  const auto =
    read("project.name") === null
      ? []
      : ["id", "project.name", ...(fields.includes("issue") ? ["issue.id"] : [])];
  return {
    values: Object.fromEntries([...fields, ...auto].map((field) => [field, read(field)])),
    confidence: {},
  };
}

function groupRows({ observations, window }: ExploreSelection, columns: readonly Column[]): readonly Row[] {
  const plain = columns.filter(({ aggregate }) => aggregate === undefined).map(({ name }) => name);
  const groups = Map.groupBy(observations, ({ read }) => JSON.stringify(plain.map((field) => read(field))));
  const windowMs = window.until - window.from;
  return [...groups.values()].map((members) => {
    const computeCell = ({ name, aggregate }: Column) =>
      aggregate ? aggregate.evaluate(members, windowMs) : (members[0]?.read(name) ?? null);
    return {
      values: Object.fromEntries(columns.map((column) => [column.name, computeCell(column)])),
      confidence: Object.fromEntries(
        columns.flatMap(({ name, aggregate }) => (aggregate ? [[name, judgeConfidence(members)]] : [])),
      ),
    };
  });
}

function renderMeta(world: SentryWorld, { dataset }: ExploreSelection, columns: readonly Column[]) {
  const scanned = world.scansAllSpans ? "full" : "partial";
  return {
    fields: Object.fromEntries(
      columns.map(({ name, aggregate }) => [name, aggregate?.valueType ?? "string"]),
    ),
    units: Object.fromEntries(columns.map(({ name, aggregate }) => [name, aggregate?.valueUnit ?? null])),
    isMetricsData: false,
    isMetricsExtractedData: false,
    tips: world.projects.size === 0 ? { query: "You need at least one project to query." } : {},
    datasetReason: "unchanged",
    dataset,
    ...(dataset === "spans" ? { dataScanned: scanned } : {}),
  };
}

function sortRows(rows: readonly Row[], sort: string | null, names: readonly string[]): readonly Row[] {
  if (sort === null) return rows;
  const name = sort.replace(/^-/, "");
  if (!names.includes(name)) throw new SentryViolation(400, `sort=${sort} is not among the fields.`);
  const sign = sort.startsWith("-") ? -1 : 1;
  const compare = (one: unknown, other: unknown) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other));
  return rows.toSorted((one, other) => sign * compare(one.values[name], other.values[name]));
}
