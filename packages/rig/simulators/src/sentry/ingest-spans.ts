import type { SpanKind, StoredSpan } from "./stored-span.ts";
import { mentionRelease, type SentryWorld, type StoredProject } from "./world.ts";

/** A span inside a transaction, as the SDKs send it. */
type SdkSpan = {
  readonly span_id?: string;
  readonly parent_span_id?: string;
  readonly trace_id?: string;
  readonly op?: string;
  readonly description?: string;
  readonly status?: string;
  /** Seconds of the app's clock. */
  readonly start_timestamp?: number;
  readonly timestamp?: number;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** A transaction as the SDKs send it, as far as it is kept. */
export type SdkTransaction = Pick<SdkSpan, "start_timestamp" | "timestamp"> & {
  readonly transaction?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly contexts?: { readonly trace?: SdkSpan };
  readonly spans?: readonly SdkSpan[];
  readonly measurements?: Readonly<Record<string, { readonly value?: number }>>;
};

/**
 * Stores a transaction and its child spans. How long they took is what the SDK measured; when they happened is the
 * virtual clock at their receipt, as with everything that comes in an envelope.
 * @param sampleRate the share that the SDK keeps, from the envelope's trace header.
 */
export function ingestTransaction(
  world: SentryWorld,
  project: StoredProject,
  sent: SdkTransaction,
  sampleRate: number,
): void {
  const root = { ...sent.contexts?.trace, start_timestamp: sent.start_timestamp, timestamp: sent.timestamp };
  const transaction = sent.transaction || "<unlabeled transaction>";
  const release = sent.release || null;
  if (release) mentionRelease(world, release, project.id);
  const place = {
    projectId: project.id,
    release,
    environment: sent.environment || "production",
    transaction,
    sampleRate,
  };
  const spans = [root as SdkSpan, ...(sent.spans ?? [])];
  const measured = Object.entries(sent.measurements ?? {}).flatMap(([name, { value }]) =>
    value === undefined ? [] : [[`measurements.${name}`, value] as const],
  );
  spans.forEach((span, index) => {
    const isTransaction = index === 0;
    const kind: SpanKind = {
      ...place,
      isTransaction,
      op: span.op ?? "default",
      description: (isTransaction ? transaction : span.description) ?? "",
      status: span.status ?? "unknown",
      attributes: { ...readAttributes(span), ...(isTransaction ? Object.fromEntries(measured) : {}) },
    };
    world.spans.push(toStored(kind, span, spans, { trace: root.trace_id ?? "", at: world.clock.now() }));
  });
}

function toStored(
  kind: SpanKind,
  span: SdkSpan,
  all: readonly SdkSpan[],
  received: Pick<StoredSpan, "trace" | "at">,
): StoredSpan {
  const children = all.filter((one) => one !== span && one.parent_span_id === span.span_id);
  const inChildren = children.reduce((sum, child) => sum + durationOf(child), 0);
  const durationMs = durationOf(span);
  const selfTimeMs = Math.max(0, durationMs - inChildren);
  return { kind, id: span.span_id ?? "", durationMs, selfTimeMs, count: 1, ...received };
}

const durationOf = ({ start_timestamp = 0, timestamp = start_timestamp }: SdkSpan): number =>
  Math.max(0, (timestamp - start_timestamp) * 1_000);

/** Sentry's names of what the SDKs send by OpenTelemetry's. */
const NAMES: Readonly<Record<string, string>> = {
  "http.method": "http.method",
  "http.request.method": "http.method",
  "http.status_code": "http.status_code",
  "http.response.status_code": "http.status_code",
  "db.system": "db.system",
  "db.system.name": "db.system",
  "http.user_agent": "user_agent.original",
  "user_agent.original": "user_agent.original",
};

function readAttributes({ data = {} }: SdkSpan): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const name = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
      const isPlain = typeof value === "string" || typeof value === "number";
      return name !== undefined && isPlain ? [[name, value] as const] : [];
    }),
  );
}
