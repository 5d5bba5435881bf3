import type { FieldValue } from "./search.ts";

/** What spans of one kind share. */
export type SpanKind = {
  readonly projectId: string;
  readonly release: string | null;
  readonly environment: string | null;
  readonly isTransaction: boolean;
  /** Name of the transaction that it belongs to. */
  readonly transaction: string;
  readonly op: string;
  readonly description: string;
  readonly status: string;
  /** The share of traces that the SDK keeps. */
  readonly sampleRate: number;
  /** `http.method`, `db.system`, `measurements.lcp`, … */
  readonly attributes: Readonly<Record<string, string | number>>;
};

/** A span, or `count` equal ones. */
export type StoredSpan = {
  readonly kind: SpanKind;
  readonly id: string;
  readonly trace: string;
  /** Milliseconds of the virtual clock at its receipt. */
  readonly at: number;
  readonly durationMs: number;
  /** Without what its children took. */
  readonly selfTimeMs: number;
  /** Stored ones, after the SDK's sampling. */
  readonly count: number;
};

type SpanReader = (span: StoredSpan) => FieldValue;

const attribute =
  (name: string): SpanReader =>
  ({ kind }) =>
    kind.attributes[name] ?? null;

const ATTRIBUTES = [
  ...["http.method", "http.status_code", "db.system", "user_agent.original"],
  ...["measurements.lcp", "measurements.inp", "measurements.cls", "measurements.fcp", "measurements.ttfb"],
];

/** The fields of spans that can be shown, grouped by and searched. */
export const SPAN_FIELDS: Readonly<Record<string, SpanReader>> = {
  transaction: ({ kind }) => kind.transaction,
  "span.op": ({ kind }) => kind.op,
  "span.description": ({ kind }) => kind.description || null,
  "span.duration": ({ durationMs }) => durationMs,
  "span.self_time": ({ selfTimeMs }) => selfTimeMs,
  "span.status": ({ kind }) => kind.status,
  is_transaction: ({ kind }) => kind.isTransaction,
  environment: ({ kind }) => kind.environment,
  release: ({ kind }) => kind.release,
  timestamp: ({ at }) => new Date(at).toISOString(),
  trace: ({ trace }) => trace,
  id: ({ id }) => id,
  ...Object.fromEntries(ATTRIBUTES.map((name) => [name, attribute(name)])),
};
