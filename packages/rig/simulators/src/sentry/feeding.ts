import { makeFingerprint } from "./grouping.ts";
import { takeEvent } from "./intake.ts";
import type { SdkEvent } from "./sdk-event.ts";
import type { NewIssue } from "./store-event.ts";
import { toApiEvent } from "./stored-event.ts";
import type { SpanKind } from "./stored-span.ts";
import { makeEventId, mentionRelease, requireProject, type SentryWorld, type StoredCommit } from "./world.ts";

/** Where fed data belongs; the first project if none is named. */
type Place = {
  /** Id or slug. */
  readonly project?: string;
  readonly release?: string;
  /** Default "production". */
  readonly environment?: string;
  /** Milliseconds since the epoch; default: now. */
  readonly at?: number;
};

export type FedEvents = Place & {
  /** As an SDK would send it; release and environment come from the place. */
  readonly event: SdkEvent;
  /** Instants of more than one event of the kind, in order; instead of `at`. */
  readonly instants?: readonly number[];
};

export type FedTraffic = Place & { readonly count: number };

export type FedTransactions = FedTraffic & {
  readonly transaction?: string;
  readonly durationMs?: number;
  readonly attributes?: FedSpans["attributes"];
  /** The share that the SDK keeps; `count` are the stored ones. Default 1. */
  readonly sampleRate?: number;
};

export type FedSpans = Place & {
  readonly transaction: string;
  /** `http.server`, `db`, … */
  readonly op: string;
  /** Of a span inside the transaction; absent: the transaction itself. */
  readonly description?: string;
  /** Milliseconds of each span. */
  readonly durations: readonly number[];
  /** The instant of each; instead of `at`, which is that of all. */
  readonly instants?: readonly number[] | undefined;
  /** Default "ok". */
  readonly status?: string;
  /** The share that the SDK keeps; the durations are those of stored ones. Default 1. */
  readonly sampleRate?: number;
  readonly attributes?: Readonly<Record<string, string | number>> | undefined;
  /** How many equal spans each duration stands for; default 1. */
  readonly count?: number;
};

export type FedRelease = {
  readonly version: string;
  readonly project?: string;
  readonly at?: number;
  /** Newest first. */
  readonly commits?: readonly (Pick<StoredCommit, "sha"> & Partial<StoredCommit>)[];
};

/** Records error events without an SDK. */
export function feedEvents(world: SentryWorld, fed: FedEvents): readonly NewIssue[] {
  const project = requireProject(world, fed.project);
  const { release, environment = "production", event } = fed;
  const api = toApiEvent(event);
  const fingerprint = makeFingerprint(event);
  const { event_id: _, ...rest } = event;
  const stamped = { ...rest, ...(release === undefined ? {} : { release }), environment };
  const instants = fed.instants ?? [fed.at ?? world.clock.now()];
  return instants.flatMap((at) =>
    takeEvent(world, { projectId: project.id, fingerprint, api, event: stamped, at }),
  );
}

/** Records sessions without an SDK. */
export function feedSessions(world: SentryWorld, fed: FedTraffic): void {
  const project = requireProject(world, fed.project);
  const { release, environment = "production", at = world.clock.now(), count } = fed;
  if (release) mentionRelease(world, release, project.id, at);
  world.sessions.push({ projectId: project.id, release: release ?? null, environment, at, count });
}

/** Records transactions of one duration without an SDK. */
export function feedTransactions(world: SentryWorld, fed: FedTransactions): void {
  const { transaction = "GET /", durationMs = 50, count } = fed;
  const op = "http.server";
  feedSpans(world, { ...fed, transaction, op, durations: [durationMs], count, instants: undefined });
}

/** Records spans of one kind without an SDK. */
export function feedSpans(world: SentryWorld, fed: FedSpans): void {
  const project = requireProject(world, fed.project);
  const { release, environment = "production", transaction, op, count = 1 } = fed;
  const at = fed.at ?? world.clock.now();
  const isTransaction = fed.description === undefined;
  if (release) mentionRelease(world, release, project.id, fed.instants?.[0] ?? at);
  const kind: SpanKind = {
    projectId: project.id,
    release: release ?? null,
    environment,
    isTransaction,
    transaction,
    op,
    description: fed.description ?? transaction,
    status: fed.status ?? "ok",
    sampleRate: fed.sampleRate ?? 1,
    attributes: fed.attributes ?? {},
  };
  fed.durations.forEach((durationMs, index) => {
    const id = (world.spans.length + 1).toString(16).padStart(16, "0");
    const times = { at: fed.instants?.[index] ?? at, durationMs, selfTimeMs: durationMs };
    world.spans.push({ kind, id, trace: makeEventId(world.spans.length + 1), ...times, count });
  });
}

/** Makes a release known with its commits, as `sentry-cli releases set-commits` does. */
export function feedRelease(world: SentryWorld, fed: FedRelease): void {
  const project = requireProject(world, fed.project);
  const at = fed.at ?? world.clock.now();
  const release = mentionRelease(world, fed.version, project.id, at);
  release.releasedAt = at;
  if (fed.commits) release.commits = fed.commits.map((commit) => ({ message: "", at, ...commit }));
}
