import { readEnvelope } from "./envelope.ts";
import { makeFingerprint } from "./grouping.ts";
import { ingestTransaction } from "./ingest-spans.ts";
import { regressIfResolved } from "./lifecycle.ts";
import { type ApiEvent, type SdkEvent, toApiEvent } from "./stored-event.ts";
import {
  makeEventId,
  mentionRelease,
  nextIssueIds,
  type SentryWorld,
  type StoredEvent,
  type StoredIssue,
  type StoredProject,
} from "./world.ts";

/** An issue that an event has just opened. */
export type NewIssue = { readonly issue: StoredIssue; readonly event: StoredEvent };

/** Kinds of items that Sentry takes and that nothing here is asked about. */
const UNUSED = [
  "client_report",
  "attachment",
  "profile",
  "profile_chunk",
  "log",
  "trace_metric",
  "check_in",
  "statsd",
];

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
    else if (type === "session") storeSession(world, project, item);
    else if (type === "sessions") storeSessionAggregates(world, project, item);
    else throw new Error(`The simulated Sentry does not know envelope items of type "${type}".`);
    return [];
  });
}

/** Stores an error event and finds its issue; tells the issue if the event opened it. */
function ingestEvent(world: SentryWorld, project: StoredProject, event: SdkEvent): readonly NewIssue[] {
  return storeEvent(world, project, makeFingerprint(event), toApiEvent(event), event, world.clock.now());
}

/** Stores one event of an issue at an instant; `api` may be shared among many. */
export function storeEvent(
  world: SentryWorld,
  project: StoredProject,
  fingerprint: string,
  api: ApiEvent,
  event: Pick<SdkEvent, "release" | "environment" | "user" | "event_id">,
  at: number,
): readonly NewIssue[] {
  const known = world.issuesByFingerprint.get(`${project.id}|${fingerprint}`);
  const issue = known ?? openIssue(world, project, fingerprint, api, at);
  world.eventCount += 1;
  const stored: StoredEvent = {
    id: event.event_id ?? makeEventId(world.eventCount),
    issueId: issue.id,
    at,
    release: event.release ?? null,
    environment: event.environment ?? null,
    user: event.user?.id === undefined ? (event.user?.email ?? null) : String(event.user.id),
    api,
  };
  issue.events.push(stored);
  if (event.release) mentionRelease(world, event.release, project.id, at);
  if (known) regressIfResolved(world, issue, stored);
  return known ? [] : [{ issue, event: stored }];
}

function openIssue(
  world: SentryWorld,
  project: StoredProject,
  fingerprint: string,
  api: ApiEvent,
  at: number,
): StoredIssue {
  const issue: StoredIssue = {
    ...nextIssueIds(world, project),
    projectId: project.id,
    fingerprint,
    title: api.title,
    culprit: api.culprit,
    level: api.level,
    metadata: api.metadata,
    status: "unresolved",
    substatus: "new",
    resolvedIn: null,
    priority: api.level === "fatal" || !api.handled ? "high" : "medium",
    isUnhandled: !api.handled,
    hasOpenFixPr: false,
    regression: null,
    events: [],
    activity: [{ type: "first_seen", at, data: {} }],
    integrationIssues: [],
  };
  world.issues.set(issue.id, issue);
  world.issuesByFingerprint.set(`${project.id}|${fingerprint}`, issue);
  return issue;
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
