import { z } from "zod";
import { frameSchema, type SentryFrame } from "./exceptions.ts";
import { lenient, lenientList, lenientText } from "./lenient.ts";
import { once } from "./once.ts";

/** What a detector of Sentry's says about slow operations: texts are hostile. */
export type OperationEvidence = {
  /** The family of the spans: `db`, `http`, … */
  readonly op: string | null;
  readonly transaction: string | null;
  /** Descriptions of the spans that offend, each once: queries, addresses, functions. */
  readonly spans: readonly string[];
  /** How often they repeat. */
  readonly repeated: number | null;
  /** Where the spans say that the application starts them (`code.filepath`, a call stack). */
  readonly frames: readonly SentryFrame[];
};

const MOST_SPANS = 10;

/** Reads the evidence of a detector and the event's spans; null where neither names an operation. */
export function readOperationEvidence(evidenceData: unknown, spans: unknown): OperationEvidence | null {
  const raw = evidence().parse(evidenceData);
  if (raw === null) return null;
  const ids = new Set([...raw.offenderSpanIds, ...raw.offender_span_ids]);
  const offending = ids.size === 0 ? [] : offenders(ids).parse(spans).slice(0, MOST_SPANS);
  const transaction = raw.transactionName ?? raw.transaction_name ?? raw.transaction;
  const described = [
    ...offending.flatMap(({ description }) => description ?? []),
    ...[...raw.repeatingSpansCompact, ...raw.repeatingSpans, ...raw.repeating_spans].map(withoutOp),
  ];
  const own = {
    path: raw.file,
    module: raw.frameModule ?? raw.module,
    function: raw.frameName ?? raw.function,
  };
  const frames = [...(own.function === null ? [] : [toFrame(own)]), ...offending.flatMap(listFrames)];
  if (transaction === null && described.length === 0 && frames.length === 0) return null;
  const counts = [raw.numRepeatingSpans, raw.numberRepeatingSpans, raw.num_repeating_spans];
  return {
    op: raw.op,
    transaction,
    spans: [...new Set(described)].slice(0, MOST_SPANS),
    repeated: counts.find((count) => count !== null) ?? (ids.size > 1 ? ids.size : null),
    frames,
  };
}

/** `db - SELECT 1`, as detectors put operation and description together. */
const withoutOp = (text: string): string => text.replace(/^[\w.]{1,60} - /, "");

const texts = () =>
  z
    .union([z.string().transform((one) => [one]), lenientList(z.string())])
    .catch([])
    .transform((list) => list.filter((one) => one !== ""));

const whole = () => lenient(z.coerce.number().int().min(2));

const evidence = once(() =>
  lenient(
    z.object({
      ...{ op: lenientText(), transaction: lenientText() },
      ...{ transactionName: lenientText(), transaction_name: lenientText() },
      ...{ repeatingSpans: texts(), repeatingSpansCompact: texts(), repeating_spans: texts() },
      ...{ numRepeatingSpans: whole(), numberRepeatingSpans: whole(), num_repeating_spans: whole() },
      ...{ offenderSpanIds: lenientList(z.string()), offender_span_ids: lenientList(z.string()) },
      ...{ file: lenientText(), function: lenientText(), module: lenientText() },
      ...{ frameName: lenientText(), frameModule: lenientText() },
    }),
  ),
);

type Span = { readonly description: string | null; readonly data: Record<string, unknown> | null };

/** The spans of some ids: an event may have a thousand, and the others are not looked at. */
const offenders = (ids: ReadonlySet<string>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all): Span[] => {
      const id = z.object({ span_id: lenientText(), spanId: lenientText() });
      const span = z.object({ description: lenientText(), data: lenient(z.record(z.string(), z.unknown())) });
      return all.flatMap((one) => {
        const named = id.safeParse(one).data;
        const isOffender = ids.has(named?.span_id ?? named?.spanId ?? "");
        return isOffender ? (span.safeParse(one).data ?? []) : [];
      });
    });

function listFrames({ data }: Span): SentryFrame[] {
  if (data === null) return [];
  const text = (...names: string[]): string | null =>
    (names.map((name) => data[name]).find((value) => typeof value === "string" && value !== "") as
      | string
      | null) ?? null;
  const path = text("code.filepath", "code.file.path");
  const name = text("code.function", "code.function.name");
  const line = Number(data["code.lineno"] ?? data["code.line.number"]);
  const stack = lenientList(frameSchema()).parse(data["call_stack"] ?? data["callStack"]);
  const own = { path, module: text("code.namespace"), function: name, line: line > 0 ? line : null };
  return [...(path === null ? [] : [toFrame(own)]), ...stack.slice(-MOST_SPANS)];
}

const toFrame = (known: {
  readonly path: string | null;
  readonly module: string | null;
  readonly function: string | null;
  readonly line?: number | null;
}): SentryFrame =>
  frameSchema().parse({
    filename: known.path,
    module: known.module,
    function: known.function,
    lineNo: known.line ?? null,
    inApp: true,
  });
