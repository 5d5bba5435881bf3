import { isWithin, type Narrowing, readNarrowing } from "./asked.ts";
import { toIso } from "./instants.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import { compileSearch, type FieldValue, type Readers } from "./search.ts";
import { SPAN_FIELDS } from "./stored-span.ts";
import type { SentryWorld } from "./world.ts";

/** Something that Explore counts: an error event, or equal spans. */
export type Observation = {
  readonly at: number;
  /** Stored ones, and how many they stand for. */
  readonly samples: number;
  readonly count: number;
  /** The value of a field that its dataset has. */
  readonly read: (field: string) => FieldValue;
};

/** What a request narrows a dataset to. */
export type ExploreSelection = {
  readonly dataset: "errors" | "spans";
  readonly observations: readonly Observation[];
  /** The names of the dataset's fields. */
  readonly fields: ReadonlySet<string>;
  readonly window: Narrowing;
};

/** What an older or smaller Sentry does not have; it answers 400. */
export type ExploreGap = "errors-timeseries" | "issue-filter" | "spans" | "count-sample" | "stats";

/** Parameters of both of Explore's endpoints. */
export const EXPLORE_PARAMETERS = [
  ...["dataset", "query", "sort", "project", "environment", "statsPeriod", "start", "end"],
  ...["sampling", "disableAggregateExtrapolation"],
];

const ERROR_FIELDS = [
  "id",
  "issue",
  "issue.id",
  "release",
  "environment",
  "title",
  "timestamp",
  "transaction",
  "project.name",
];
const ERROR_KEYS = ["issue", "issue.id", "release", "environment"];
const SAMPLING = [null, "NORMAL", "HIGHEST_ACCURACY", "HIGHEST_ACCURACY_FLEX_TIME"];

/** Everything of a dataset within the window that the search lets pass. */
export function select(
  world: SentryWorld,
  query: URLSearchParams,
  gaps: ReadonlySet<ExploreGap>,
): ExploreSelection {
  const dataset = query.get("dataset");
  if (!SAMPLING.includes(query.get("sampling")))
    throw new SentryRefusal(400, `sampling mode: ${query.get("sampling")} is not supported`);
  if (dataset === "spans") return selectSpans(world, query, gaps);
  if (dataset === "errors") return selectErrors(world, query, gaps);
  throw new SentryViolation(400, `The dataset "${dataset}" is not simulated.`);
}

function selectSpans(
  world: SentryWorld,
  query: URLSearchParams,
  gaps: ReadonlySet<ExploreGap>,
): ExploreSelection {
  if (gaps.has("spans")) throw new SentryRefusal(400, "dataset must be one of: discover, errors");
  const window = readNarrowing(world, query);
  const fields = new Set([...Object.keys(SPAN_FIELDS), "project"]);
  const extrapolates = query.get("disableAggregateExtrapolation") !== "1";
  const matches = compileSearch(query.get("query") ?? "", makeReaders(fields), { booleans: true });
  const observations = world.spans
    .filter(({ at, kind }) => isWithin(window, { ...kind, at }))
    .map((span): Observation => {
      const { projectId, sampleRate } = span.kind;
      return {
        at: span.at,
        samples: span.count,
        count: extrapolates ? span.count / sampleRate : span.count,
        read: (field) =>
          field === "project"
            ? (world.projects.get(projectId)?.slug ?? null)
            : (SPAN_FIELDS[field]?.(span) ?? null),
      };
    })
    .filter(matches);
  return { dataset: "spans", observations, fields, window };
}

function selectErrors(
  world: SentryWorld,
  query: URLSearchParams,
  gaps: ReadonlySet<ExploreGap>,
): ExploreSelection {
  const search = query.get("query") ?? "";
  const window = readNarrowing(world, query);
  if (gaps.has("issue-filter") && /\bissue:/.test(search))
    throw new SentryRefusal(400, "Invalid key for this search: issue");
  requireKnownIssues(world, search);
  const observations = errorsWithin(world, window).filter(compileSearch(search, makeReaders(ERROR_KEYS)));
  return { dataset: "errors", observations, fields: new Set(ERROR_FIELDS), window };
}

const makeReaders = (keys: Iterable<string>): Readers<Observation> =>
  Object.fromEntries([...keys].map((key) => [key, ({ read }: Observation) => read(key)]));

/** Sentry refuses a short id that it does not know, and with it the whole query. */
function requireKnownIssues(world: SentryWorld, search: string): void {
  const known = new Set([...world.issues.values()].map(({ shortId }) => shortId));
  for (const [, list = ""] of search.matchAll(/\bissue:(?:\[([^\]]*)\])/g)) {
    const unknown = list.split(",").find((shortId) => !known.has(shortId.trim()));
    if (unknown !== undefined) throw new SentryRefusal(400, `Invalid value '${unknown}' for 'issue:' filter`);
  }
}

function errorsWithin(world: SentryWorld, window: Narrowing): readonly Observation[] {
  return [...world.issues.values()].flatMap((issue) => {
    const { projectId, kind } = issue;
    const project = world.projects.get(projectId)?.slug ?? null;
    if (kind.occurrence !== null) return [];
    return issue.events
      .filter(({ at, environment }) => isWithin(window, { at, environment, projectId }))
      .map(({ id, at, release, environment, api }): Observation => {
        const columns: Readonly<Record<string, FieldValue>> = {
          id,
          issue: issue.shortId,
          "issue.id": Number(issue.id),
          release: release ?? null,
          environment,
          title: api.title,
          transaction: api.tags["transaction"] ?? null,
          timestamp: toIso(at).replace("Z", "+00:00"),
          "project.name": project,
        };
        return { at, samples: 1, count: 1, read: (field) => columns[field] ?? null };
      });
  });
}
