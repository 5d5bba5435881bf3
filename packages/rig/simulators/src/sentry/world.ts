import type { VirtualClock } from "../clock.ts";
import type { ApiEvent } from "./stored-event.ts";
import type { Intake } from "./stored-intake.ts";
import type { StoredSpan } from "./stored-span.ts";

export type StoredProject = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
  /** The public key of its DSN. */
  readonly publicKey: string;
  /** The number of its last issue; short ids count up. */
  lastShortId: number;
};

/** One error event, as Sentry keeps it. */
export type StoredEvent = {
  readonly id: string;
  readonly issueId: string;
  /** Milliseconds of the virtual clock at its receipt. */
  readonly at: number;
  readonly release: string | null;
  readonly environment: string | null;
  readonly user: string | null;
  /** What the API shows of it; shared among events that were fed in bulk. */
  readonly api: ApiEvent;
};

export type IssueStatus = "unresolved" | "resolved" | "ignored";

type Activity = {
  readonly type:
    | "first_seen"
    | "set_resolved"
    | "set_resolved_in_release"
    | "set_unresolved"
    | "set_regression";
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
};

export type StoredIssue = {
  readonly id: string;
  readonly shortId: string;
  readonly projectId: string;
  readonly fingerprint: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: string;
  readonly metadata: {
    readonly type?: string;
    readonly value: string;
    readonly filename: string;
    readonly function: string;
  };
  status: IssueStatus;
  substatus: string | null;
  /** The release that a resolution waits for. */
  resolvedIn: string | null;
  priority: "low" | "medium" | "high";
  isUnhandled: boolean;
  hasOpenFixPr: boolean;
  /** What it is, as this version of Sentry names it, and what its detector found; null where it is an error. */
  readonly kind: {
    readonly type?: string;
    readonly issueType?: string;
    readonly issueCategory?: string;
    readonly eventType: string;
    readonly occurrence: Readonly<Record<string, unknown>> | null;
  };
  readonly hasAttachments: boolean;
  /** Oldest first. */
  readonly events: StoredEvent[];
  readonly activity: Activity[];
  /** Issues elsewhere that an integration made of it. */
  readonly integrationIssues: {
    readonly id: string;
    readonly key: string;
    readonly url: string;
    readonly title: string;
  }[];
};

export type StoredCommit = {
  readonly sha: string;
  readonly message: string;
  readonly at: number;
};

export type StoredRelease = {
  readonly version: string;
  readonly createdAt: number;
  releasedAt: number | null;
  readonly projectIds: Set<string>;
  /** Newest first. */
  commits: StoredCommit[];
  readonly deploys: {
    readonly id: string;
    readonly environment: string;
    readonly at: number;
    readonly url: string | null;
  }[];
};

/** Sessions that were reported together. */
export type StoredSessions = {
  readonly projectId: string;
  readonly at: number;
  readonly release: string | null;
  readonly environment: string | null;
  readonly count: number;
};

/** All that the simulated Sentry knows of one organization. */
export type SentryWorld = {
  readonly clock: VirtualClock;
  readonly organization: string;
  /** Token -> its scopes. */
  readonly tokens: Map<string, readonly string[]>;
  readonly projects: Map<string, StoredProject>;
  readonly issues: Map<string, StoredIssue>;
  /** Project id and fingerprint -> issue. */
  readonly issuesByFingerprint: Map<string, StoredIssue>;
  eventCount: number;
  readonly intake: Intake;
  readonly releases: Map<string, StoredRelease>;
  readonly sessions: StoredSessions[];
  readonly spans: StoredSpan[];
  /** False where Sentry looks at a part of its spans only, as it does where they are many. */
  scansAllSpans: boolean;
  /** Where people and integrations see it: the host of permalinks. */
  readonly webUrl: string;
};

/** A project by id or slug. */
export function findProject(world: SentryWorld, idOrSlug: string): StoredProject | undefined {
  return world.projects.get(idOrSlug) ?? [...world.projects.values()].find(({ slug }) => slug === idOrSlug);
}

/** A project by id or slug; the first if none is named. @throws if there is none */
export function requireProject(world: SentryWorld, idOrSlug: string | undefined): StoredProject {
  const found = idOrSlug === undefined ? [...world.projects.values()][0] : findProject(world, idOrSlug);
  if (found === undefined) throw new Error(`The simulated Sentry has no project ${idOrSlug ?? "at all"}.`);
  return found;
}

/** An issue by numeric or short id. */
export function findIssue(world: SentryWorld, idOrShortId: string): StoredIssue | undefined {
  const wanted = idOrShortId.toUpperCase();
  return (
    world.issues.get(idOrShortId) ?? [...world.issues.values()].find(({ shortId }) => shortId === wanted)
  );
}

/** A release, made at its first mention as Sentry does. */
export function mentionRelease(
  world: SentryWorld,
  version: string,
  projectId: string,
  at: number = world.clock.now(),
): StoredRelease {
  const known = world.releases.get(version);
  const release = known ?? {
    version,
    createdAt: at,
    releasedAt: null,
    projectIds: new Set<string>(),
    commits: [],
    deploys: [],
  };
  release.projectIds.add(projectId);
  if (known === undefined) world.releases.set(version, release);
  return release;
}

/** Hexadecimal ids as Sentry makes them, counted up so that every run is the same. */
export function makeEventId(count: number): string {
  return count.toString(16).padStart(32, "0");
}

/** Ids of an issue that is about to be opened; short ids count up in each project. */
export function nextIssueIds(
  world: SentryWorld,
  project: StoredProject,
): Pick<StoredIssue, "id" | "shortId"> {
  project.lastShortId += 1;
  // Also of those that were deleted: no number is given twice.
  const all = [...world.projects.values()].reduce((sum, { lastShortId }) => sum + lastShortId, 0);
  return {
    id: String(7_000_000_000 + all),
    shortId: `${project.slug.toUpperCase()}-${toBase32(project.lastShortId)}`,
  };
}

const BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A number in the base 32 of short ids (Crockford's: no I, L, O, U). */
export function toBase32(value: number): string {
  const rest = Math.floor(value / 32);
  return (rest > 0 ? toBase32(rest) : "") + (BASE_32[value % 32] ?? "");
}

/** Where people see an issue. sentry.io gives every organization a host of its own. */
export function issuePermalink({ webUrl, organization }: SentryWorld, issueId: string): string {
  const { protocol, host } = new URL(webUrl);
  if (host === "sentry.io") return `${protocol}//${organization}.sentry.io/issues/${issueId}/`;
  return `${webUrl}/organizations/${organization}/issues/${issueId}/`;
}
