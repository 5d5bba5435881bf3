import { readEnvelope } from "./envelope.ts";
import { makeFingerprint } from "./grouping.ts";
import { ingestTransaction } from "./ingest-spans.ts";
import { takeClientReport, takeEvent } from "./intake.ts";
import type { SdkEvent } from "./sdk-event.ts";
import type { NewIssue } from "./store-event.ts";
import { toApiEvent } from "./stored-event.ts";
import { mentionRelease, type SentryWorld, type StoredProject } from "./world.ts";

/** Kinds of items that Sentry takes and that nothing here is asked about. */
const UNUSED = ["attachment", "profile", "profile_chunk", "log", "trace_metric", "check_in", "statsd"];

/**
 * Takes an envelope of a real SDK. Everything in it is stamped with the virtual clock at its receipt: the app runs on
 * the machine's clock, and the simulated world does not.
 * @returns the issues that it opened.
 * @throws Error where the envelope, or a kind of item, cannot be read.
 */
export function ingestEnvelope(
  world: SentryWorld,
  project: StoredProject,
  bytes: Uint8Array,
): readonly NewIssue[] {
  const { header, items } = readEnvelope(bytes);
  return items.flatMap(({ type, payload }) => {
    if (UNUSED.includes(type)) return [];
    const item = JSON.parse(payload) as Record<string, unknown>;
    if (type === "event") return ingestEvent(world, project, item as SdkEvent);
    if (type === "transaction") ingestTransaction(world, project, item, readSampleRate(header));
    else if (type === "client_report") takeClientReport(world, project, item);
    else if (type === "session") storeSession(world, project, item);
    else if (type === "sessions") storeSessionAggregates(world, project, item);
    else throw new Error(`The simulated Sentry does not know envelope items of type "${type}".`);
    return [];
  });
}

/** Takes an error event; tells the issue if it opened one. */
function ingestEvent(world: SentryWorld, project: StoredProject, event: SdkEvent): readonly NewIssue[] {
  const fingerprint = makeFingerprint(event);
  const at = world.clock.now();
  return takeEvent(world, { projectId: project.id, fingerprint, api: toApiEvent(event), event, at });
}

/** The SDK tells its sampling rate in the envelope's trace header. */
function readSampleRate(header: Readonly<Record<string, unknown>>): number {
  const rate = Number((header["trace"] as { sample_rate?: unknown } | undefined)?.sample_rate);
  return rate > 0 && rate <= 1 ? rate : 1;
}

/** A session counts when it begins; later updates of the same one do not. */
function storeSession(world: SentryWorld, project: StoredProject, item: Record<string, unknown>): void {
  if (item["init"] === true) storeSessions(world, project, item["attrs"], 1);
}

/** Servers report requests as sessions, summed up by minute. */
function storeSessionAggregates(
  world: SentryWorld,
  project: StoredProject,
  item: Record<string, unknown>,
): void {
  const aggregates = (item["aggregates"] ?? []) as Record<string, unknown>[];
  const count = aggregates.reduce((sum, aggregate) => {
    const ends = ["exited", "errored", "crashed", "abnormal"].map((end) => Number(aggregate[end] ?? 0));
    return sum + ends.reduce((one, other) => one + other, 0);
  }, 0);
  if (count > 0) storeSessions(world, project, item["attrs"], count);
}

function storeSessions(world: SentryWorld, project: StoredProject, attributes: unknown, count: number): void {
  const { release, environment } = (attributes ?? {}) as Record<string, unknown>;
  const version = textOr(release, null);
  if (version) mentionRelease(world, version, project.id);
  world.sessions.push({
    projectId: project.id,
    at: world.clock.now(),
    release: version,
    environment: textOr(environment, "production"),
    count,
  });
}

function textOr<T>(value: unknown, fallback: T): string | T {
  return typeof value === "string" && value !== "" ? value : fallback;
}
