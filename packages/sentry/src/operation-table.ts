import { HttpFailure } from "@patchpilot/http";
import type { SentryConnection, SentryQuery } from "./connection.ts";
import { askTable, type ExploreRow, type ExploreTable } from "./explore.ts";
import {
  type Certainty,
  OPERATION_FIELDS,
  type OperationWindow,
  operationId,
  readCertainty,
  readOperation,
  type SpanOperation,
  windowQuery,
} from "./operation.ts";
import { familiesQuery } from "./operation-families.ts";

/** Durations of one operation over one window, in milliseconds. */
export type OperationTiming = {
  /** Extrapolated number of spans. */
  readonly count: number;
  /** Stored spans: the sample size of everything else here. */
  readonly samples: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** Of the p95. */
  readonly certainty: Certainty;
};

export type TimedOperation = { readonly operation: SpanOperation; readonly timing: OperationTiming };

export type OperationTable = {
  /** By time spent in all, most first. */
  readonly rows: readonly TimedOperation[];
  /** Sentry has more operations than were read. */
  readonly truncated: boolean;
  /** Sentry looked at a part of the data only. */
  readonly partial: boolean;
};

const TIME_SPENT = "sum(span.duration)";
const PERCENTILES = ["p50", "p75", "p90", "p95", "p99"] as const;
const percentileField = (name: (typeof PERCENTILES)[number]): string => `${name}(span.duration)`;

/**
 * The 100 operations on which most time is spent, in one request; three where this Sentry has no `count_sample()`.
 * @param families families of `span.op`, see `familiesQuery`; none: all operations.
 * @throws HttpFailure also where no project is visible (`forbidden`): nothing is known then, which is not "nothing slow".
 */
export async function operationTable(
  connection: SentryConnection,
  window: OperationWindow,
  families: readonly string[],
): Promise<OperationTable> {
  const fields = [...OPERATION_FIELDS, "count()", ...PERCENTILES.map(percentileField), TIME_SPENT];
  const question = {
    dataset: "spans",
    query: familiesQuery(families),
    sort: `-${TIME_SPENT}`,
    ...windowQuery(window, connection.projects),
  };
  try {
    const field = [...fields, "count_sample()"];
    const table = await askTable(connection, { ...question, field, sampling: "HIGHEST_ACCURACY" }, 1);
    return readTable(table, ({ "count_sample()": samples }) => samples);
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind !== "rejected") throw error;
    return tableWithoutSampleCounts(connection, question, fields);
  }
}

/** An older Sentry: what is stored is counted by a request of its own, without extrapolation. */
async function tableWithoutSampleCounts(
  connection: SentryConnection,
  question: SentryQuery,
  fields: readonly string[],
): Promise<OperationTable> {
  const table = await askTable(connection, { ...question, field: fields }, 1);
  const stored = await askTable(
    connection,
    {
      ...question,
      field: [...OPERATION_FIELDS, "count()", TIME_SPENT],
      disableAggregateExtrapolation: 1,
    },
    1,
  );
  const counts = new Map(stored.rows.flatMap((row) => toEntry(row)));
  const read = readTable(table, (_, operation) => counts.get(operationId(operation)) ?? 0);
  return { ...read, partial: read.partial || stored.partial };
}

function toEntry(row: ExploreRow): [string, unknown][] {
  const operation = readOperation((field) => row[field]);
  return operation === undefined ? [] : [[operationId(operation), row["count()"]]];
}

function readTable(
  { rows, confidence, truncated, partial }: ExploreTable,
  samplesOf: (row: ExploreRow, operation: SpanOperation) => unknown,
): OperationTable {
  const timed = rows.flatMap((row, index): TimedOperation[] => {
    const operation = readOperation((field) => row[field]);
    const percentiles = PERCENTILES.map((name) => row[percentileField(name)]);
    const count = row["count()"];
    if (operation === undefined || typeof count !== "number" || !percentiles.every(isNumber)) return [];
    const samples = samplesOf(row, operation);
    const [p50 = 0, p75 = 0, p90 = 0, p95 = 0, p99 = 0] = percentiles;
    const certainty = readCertainty(confidence[index]?.[percentileField("p95")]);
    const timing = { count, samples: isNumber(samples) ? samples : 0, p50, p75, p90, p95, p99, certainty };
    return [{ operation, timing }];
  });
  return { rows: timed, truncated, partial };
}

const isNumber = (value: unknown): value is number => typeof value === "number";
