import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

/** An event as PostHog keeps it. */
export type IngestedEvent = {
  readonly event: string;
  readonly distinctId: string;
  readonly personId: string;
  /** Milliseconds since the epoch, on the virtual clock. */
  readonly timestamp: number;
};

/** A request body that PostHog's capture endpoint would not take. */
export class CaptureRefusal extends Error {}

type Batch = { readonly api_key?: unknown; readonly batch?: unknown; readonly sent_at?: unknown };
type Captured = { readonly event?: unknown; readonly distinct_id?: unknown; readonly timestamp?: unknown };

// What merges two persons is not simulated, so it must not pass unseen.
const MERGING = new Set(["$create_alias", "$merge_dangerously"]);

/**
 * Reads what PostHog's SDKs post to `/batch/`.
 * Timestamps become those of the virtual clock the way PostHog itself corrects skewed clocks: by how long before
 * `sent_at` the event happened. An event without either happened on receipt.
 * @param now the virtual clock on receipt.
 */
export function readBatch(
  body: Uint8Array,
  encoding: string | undefined,
  now: number,
): { apiKey: string; events: IngestedEvent[] } {
  const { api_key: apiKey, batch, sent_at: sentAt } = parse(body, encoding);
  if (typeof apiKey !== "string" || !Array.isArray(batch))
    throw new CaptureRefusal("A batch needs api_key and batch.");
  const events = batch.map((captured: Captured) => readEvent(captured, Date.parse(String(sentAt)), now));
  return { apiKey, events };
}

function parse(body: Uint8Array, encoding: string | undefined): Batch {
  try {
    return JSON.parse(new TextDecoder().decode(encoding === "gzip" ? gunzipSync(body) : body)) as Batch;
  } catch {
    throw new CaptureRefusal("The body is not JSON in the encoding that its header names.");
  }
}

function readEvent(captured: Captured, sentAt: number, now: number): IngestedEvent {
  const { event, distinct_id: distinctId, timestamp } = captured;
  if (typeof event !== "string" || typeof distinctId !== "string" || distinctId === "")
    throw new CaptureRefusal("An event needs a name and a distinct_id.");
  if (MERGING.has(event)) throw new CaptureRefusal(`${event} merges persons, which is not simulated.`);
  const age = sentAt - Date.parse(String(timestamp));
  return ingested(event, distinctId, Number.isNaN(age) ? now : now - age);
}

/** An event of the person that a distinct id stands for; without merges that is one person each. */
export function ingested(event: string, distinctId: string, timestamp: number): IngestedEvent {
  const hash = createHash("sha256").update(distinctId).digest("hex");
  const personId = [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  return { event, distinctId, personId: [...personId, hash.slice(20, 32)].join("-"), timestamp };
}
