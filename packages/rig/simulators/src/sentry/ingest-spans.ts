import type { SpanKind } from "./stored-span.ts";
import { mentionRelease, type SentryWorld, type StoredProject } from "./world.ts";

/** A span inside a transaction, as the SDKs send it. */
type SdkSpan = {
  readonly op?: string;
  readonly description?: string;
  /** Seconds of the app's clock. */
  readonly start_timestamp?: number;
  readonly timestamp?: number;
};

/** A transaction as the SDKs send it, as far as it is kept. */
export type SdkTransaction = Pick<SdkSpan, "start_timestamp" | "timestamp"> & {
  readonly transaction?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly contexts?: { readonly trace?: SdkSpan };
  readonly spans?: readonly SdkSpan[];
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
  spans.forEach((span, index) => {
    const isTransaction = index === 0;
    const kind: SpanKind = {
      ...place,
      isTransaction,
      op: span.op ?? "default",
      description: (isTransaction ? transaction : span.description) ?? "",
    };
    world.spans.push({
      kind,
      at: world.clock.now(),
      durationMs: durationOf(span),
      count: 1,
    });
  });
}

const durationOf = ({ start_timestamp = 0, timestamp = start_timestamp }: SdkSpan): number =>
  Math.max(0, (timestamp - start_timestamp) * 1_000);
