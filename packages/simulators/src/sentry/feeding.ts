import { fingerprintOf } from "./grouping.ts";
import { type NewIssue, storeEvent } from "./ingest.ts";
import { type SdkEvent, toApiEvent } from "./stored-event.ts";
import {
  findProject,
  mentionRelease,
  type SentryProject,
  type SentryWorld,
  type StoredCommit,
} from "./world.ts";

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
  /** The share that the SDK keeps; `count` are the stored ones. Default 1. */
  readonly sampleRate?: number;
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
  const project = projectOf(world, fed);
  const { release, environment = "production", event } = fed;
  const api = toApiEvent(event);
  const fingerprint = fingerprintOf(event);
  const { event_id: _, ...rest } = event;
  const stamped = { ...rest, ...(release === undefined ? {} : { release }), environment };
  const instants = fed.instants ?? [fed.at ?? world.clock.now()];
  return instants.flatMap((at) => storeEvent(world, project, fingerprint, api, stamped, at));
}

/** Records sessions without an SDK. */
export function feedSessions(world: SentryWorld, fed: FedTraffic): void {
  const project = projectOf(world, fed);
  const { release, environment = "production", at = world.clock.now(), count } = fed;
  if (release) mentionRelease(world, release, project.id, at);
  world.sessions.push({ projectId: project.id, release: release ?? null, environment, at, count });
}

/** Records transactions without an SDK. */
export function feedTransactions(world: SentryWorld, fed: FedTransactions): void {
  const project = projectOf(world, fed);
  const { release, environment = "production", at = world.clock.now(), count } = fed;
  const { transaction = "GET /", durationMs = 50, sampleRate = 1 } = fed;
  if (release) mentionRelease(world, release, project.id, at);
  const facts = { transaction, durationMs, count, sampleRate };
  world.transactions.push({ projectId: project.id, release: release ?? null, environment, at, ...facts });
}

/** Makes a release known with its commits, as `sentry-cli releases set-commits` does. */
export function feedRelease(world: SentryWorld, fed: FedRelease): void {
  const project = projectOf(world, fed);
  const at = fed.at ?? world.clock.now();
  const release = mentionRelease(world, fed.version, project.id, at);
  release.releasedAt = at;
  const defaults = { message: "", at, repository: "acme/shop" };
  if (fed.commits) release.commits = fed.commits.map((commit) => ({ ...defaults, ...commit }));
}

function projectOf(world: SentryWorld, { project }: { readonly project?: string }): SentryProject {
  const found = project === undefined ? [...world.projects.values()][0] : findProject(world, project);
  if (found === undefined) throw new Error(`The simulated Sentry has no project ${project ?? "at all"}.`);
  return found;
}
