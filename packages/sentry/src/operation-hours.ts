import { HOUR } from "@patchpilot/time";
import type { SentryConnection } from "./connection.ts";
import { askSeries, completeUntil, type ExploreSeries, groupsThatFit, requireInterval } from "./explore.ts";
import {
  type Certainty,
  OPERATION_FIELDS,
  type OperationPattern,
  type OperationWindow,
  readCertainty,
  readOperation,
  type SpanOperation,
  windowQuery,
} from "./operation.ts";
import { groupSearches, isSame, type Search, writeSearch } from "./operation-search.ts";

/** One hour of one operation. */
export type OperationHour = {
  /** Milliseconds since the epoch at which it begins. */
  readonly at: number;
  /** The share of spans that is stored; null: not known. */
  readonly sampleRate: number | null;
  /** Stored spans, before extrapolation. */
  readonly samples: number;
  /** p95 in milliseconds; null without samples. */
  readonly p95: number | null;
};

/** Hours without gaps over the window; hours that Sentry calls incomplete are left out at its end. */
export type OperationHours = {
  readonly hours: readonly OperationHour[];
  /** Sentry looked at a part of the data only. */
  readonly partial: boolean;
  /** "low" where most samples lie in hours of which Sentry is not sure. */
  readonly certainty: Certainty;
};

/** Stored spans above a threshold, hour by hour. */
export type ExceedingHours = {
  readonly hours: readonly { readonly at: number; readonly samples: number }[];
  readonly partial: boolean;
};

/** An operation, and the threshold in milliseconds above which its spans are counted. */
export type ExceedingQuestion = {
  readonly operation: SpanOperation | OperationPattern;
  readonly threshold: number;
};

/** p95 and stored spans of operations, hour by hour, in their order; ten operations a request. */
export async function operationHours(
  connection: SentryConnection,
  window: OperationWindow,
  operations: readonly (SpanOperation | OperationPattern)[],
): Promise<readonly OperationHours[]> {
  const questions = operations.map((operation) => ({ operation, search: writeSearch(operation) }));
  const answers = await ask(connection, window, questions, { yAxis: "p95(span.duration)" });
  return answers.map(({ values, partial }) => ({
    hours: values.map(({ timestamp: at, value, sampleCount, sampleRate }) => {
      const samples = sampleCount ?? 0;
      return { at, samples, p95: samples > 0 ? value : null, sampleRate };
    }),
    partial,
    certainty: judgeCertainty(values),
  }));
}

/**
 * Stored spans of operations above their own thresholds, hour by hour, in their order; ten a request, by an OR of
 * searches. Both time series are of the same hours where they are asked for the same window.
 */
export async function exceedingHours(
  connection: SentryConnection,
  window: OperationWindow,
  questions: readonly ExceedingQuestion[],
): Promise<readonly ExceedingHours[]> {
  const searches = questions.map(({ operation, threshold }) => ({
    operation,
    search: `${writeSearch(operation)} span.duration:>${threshold}`,
  }));
  const counting = { yAxis: "count()", disableAggregateExtrapolation: 1 };
  const answers = await ask(connection, window, searches, counting);
  return answers.map(({ values, partial }) => ({
    hours: values.map(({ timestamp: at, value, sampleCount }) => ({ at, samples: sampleCount ?? value })),
    partial,
  }));
}

type Values = ExploreSeries["values"];
type Answer = {
  readonly values: Values;
  readonly partial: boolean;
  /** Whether a series was its own; without one it has zeros. */
  readonly isFound: boolean;
};

async function ask(
  connection: SentryConnection,
  window: OperationWindow,
  searches: readonly Search[],
  { yAxis, ...more }: { readonly yAxis: string; readonly disableAggregateExtrapolation?: number },
): Promise<readonly Answer[]> {
  const buckets = (window.to.getTime() - window.from.getTime()) / HOUR;
  const topEvents = groupsThatFit(buckets + 1);
  const askGroup = async (group: readonly Search[]): Promise<readonly Answer[]> => {
    const series = await askSeries(connection, {
      dataset: "spans",
      yAxis,
      interval: HOUR / 1_000,
      groupBy: OPERATION_FIELDS,
      topEvents,
      sort: `-${yAxis}`,
      excludeOther: 1,
      query: group.map(({ search }) => `(${search})`).join(" OR "),
      ...windowQuery(window, connection.projects),
      sampling: "HIGHEST_ACCURACY",
      ...more,
    });
    const matched = matchSeries(series, group, window);
    if (series.length < topEvents || matched.every(({ isFound }) => isFound)) return matched;
    return askCrowdedOut(group, matched, askGroup);
  };
  const answers: Answer[] = [];
  for (const group of groupSearches(searches, topEvents)) answers.push(...(await askGroup(group)));
  return answers;
}

/**
 * A search that leaves characters open finds the neighbours of its operation, too, and these may take all the places of a
 * reply. What is missing then is asked for alone; where that does not help either, only a part was looked at.
 */
async function askCrowdedOut(
  group: readonly Search[],
  matched: readonly Answer[],
  askGroup: (group: readonly Search[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const [index, answer] of matched.entries()) {
    if (answer.isFound) answers.push(answer);
    else if (group.length === 1) answers.push({ ...answer, partial: true });
    else answers.push(...(await askGroup(group.slice(index, index + 1))));
  }
  return answers;
}

/** Each operation's own series; without one, nothing of it happened. */
function matchSeries(
  series: readonly ExploreSeries[],
  searches: readonly Search[],
  window: OperationWindow,
): readonly Answer[] {
  requireInterval(series, HOUR);
  const named = series.flatMap((one) => {
    const operation = readOperation((field) => one.groupBy.find(({ key }) => key === field)?.value);
    return operation === undefined ? [] : [{ operation, one }];
  });
  const until = Math.min(window.to.getTime(), ...series.map(completeUntil));
  return searches.map(({ operation }) => {
    const found = named.find((each) => isSame(operation, each.operation))?.one;
    const partial = (found ?? series[0])?.dataScanned === "partial";
    const values = fillHours(found, window.from.getTime(), until);
    return { values, partial, isFound: found !== undefined };
  });
}

const NOTHING = { value: 0, incomplete: false, sampleCount: 0, sampleRate: null, confidence: null };

function fillHours(series: ExploreSeries | undefined, from: number, until: number): Values {
  const byHour = new Map(series?.values.map((value) => [value.timestamp, value]));
  const count = Math.max(0, Math.ceil((until - from) / HOUR));
  return Array.from({ length: count }, (_, index) => {
    const timestamp = from + index * HOUR;
    return byHour.get(timestamp) ?? { ...NOTHING, timestamp };
  });
}

function judgeCertainty(values: Values): Certainty {
  const samples = { high: 0, low: 0 };
  for (const { confidence, sampleCount } of values) {
    const certainty = readCertainty(confidence);
    if (certainty !== null) samples[certainty] += sampleCount ?? 0;
  }
  if (samples.high + samples.low === 0) return null;
  return samples.low > samples.high ? "low" : "high";
}
