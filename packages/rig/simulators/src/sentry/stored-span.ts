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
  /** The share of traces that the SDK keeps. */
  readonly sampleRate: number;
};

/** A span, or `count` equal ones. */
export type StoredSpan = {
  readonly kind: SpanKind;
  /** Milliseconds of the virtual clock at its receipt. */
  readonly at: number;
  readonly durationMs: number;
  /** Stored ones, after the SDK's sampling. */
  readonly count: number;
};

type SpanReader = (span: StoredSpan) => FieldValue;

/** The fields of spans that can be shown, grouped by and searched. */
export const SPAN_FIELDS: Readonly<Record<string, SpanReader>> = {
  transaction: ({ kind }) => kind.transaction,
  "span.op": ({ kind }) => kind.op,
  "span.description": ({ kind }) => kind.description || null,
  "span.duration": ({ durationMs }) => durationMs,
  is_transaction: ({ kind }) => kind.isTransaction,
  environment: ({ kind }) => kind.environment,
  release: ({ kind }) => kind.release,
};
