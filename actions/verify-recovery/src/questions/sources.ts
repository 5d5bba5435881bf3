import type { LatencyBucket } from "@patchpilot/verdict";
import type { ProductionSource } from "../facts.ts";

/** What sources say about production. Instants are milliseconds since the epoch, by the provider's clock. */

/** What production runs and ran, from one source. */
export type ProductionHistory = {
  readonly source: ProductionSource;
  /** What served production, newest first: the first entry is live, later ones ended where the one before began. */
  readonly history: readonly Stretch[];
  /** Production deployments that have not gone live, newest first. */
  readonly waiting: readonly WaitingDeployment[];
  /** Set if nothing was ever deployed to the environment that is asked about: those that there are, newest first. */
  readonly elsewhere?: { readonly asked: string; readonly environments: readonly string[] };
};

/** `from` null: since when is not known. */
export type Stretch = { readonly sha: string | null; readonly from: number | null };

export type WaitingDeployment = {
  readonly sha: string | null;
  /** `canceled`: by a person, or because nothing that it deploys was touched. */
  readonly state: "pending" | "staged" | "failed" | "canceled";
  readonly at: number;
  /** A sentence, with the remedy where there is one. */
  readonly detail: string;
};

/** Does the history of `head` contain `fix`? `pull`: number of the pull request that brought the fix. */
export type Containment = { readonly fix: string; readonly head: string; readonly pull: number | null };

/** Exposure of one project in five-minute buckets without gaps. */
export type ExposureHistory = {
  /** Beginning of the first bucket. */
  readonly from: number;
  /** How wide the source counts, in milliseconds, where that is wider: a release seems to begin so much earlier. */
  readonly width?: number;
  /** `release` null: what names none. Of a source that does not know releases: one entry, null. */
  readonly releases: readonly { readonly release: string | null; readonly counts: readonly number[] }[];
  /** What could not be told apart by release. */
  readonly other: readonly number[];
  /** Share of the traffic that is sampled, by bucket; empty or null where unknown. */
  readonly sampleRates: readonly (number | null)[];
  readonly byRelease: boolean;
};

/** A release in Sentry's own list. */
export type ListedRelease = {
  readonly release: string;
  readonly commit: string | null;
  /** The first that Sentry heard of it. */
  readonly born: number | null;
  /** When it was released, or deployed to the run's environment, as Sentry was informed; null: it was not. */
  readonly released: number | null;
  /** Of the projects that have it, as Sentry calls them. */
  readonly platforms?: readonly string[];
};

export type TimeSpan = { readonly from: number; readonly until: number };

/** Errors of one incident. */
export type ErrorHistory = {
  /** From here on all errors are in `points`; later than asked where there were too many. */
  readonly knownFrom: number;
  /** Up to here they are in; absent: but for the usual delay, up to now. */
  readonly knownUntil?: number;
  /** Single errors, or counts of five minutes that begin at `at`. `release` undefined: not told; null: none named. */
  readonly points: readonly {
    readonly at: number;
    readonly count: number;
    readonly release?: string | null;
  }[];
  /** A sentence with its remedy, set if its releases could not be read: whose errors these are nobody knows. */
  readonly untold?: string;
  /** Set if it has no event in the environment that is asked about: where it occurs instead, loudest first. */
  readonly elsewhere?: { readonly asked: string; readonly places: readonly EnvironmentEvents[] };
};

/** Events in one environment; null: they name none. */
export type EnvironmentEvents = { readonly environment: string | null; readonly count: number };

/** Hours of one operation, without gaps. */
export type OperationHistory = {
  readonly buckets: readonly LatencyBucket[];
  /** The share of its requests that is stored, hour by hour; null: not known. */
  readonly sampleRates?: readonly (number | null)[];
  /** Sentry looked at a part of its data only. */
  readonly partial: boolean;
  /** Sentry has little confidence in most of it: few samples stand for many requests. */
  readonly unsure?: boolean;
};

/** Requests of an operation that name a release; null: that name none. */
export type ReleaseRequests = { readonly release: string | null; readonly samples: number };

/** An operation that Sentry has traced, and how many of its requests it stored. Texts are Sentry's. */
export type TracedOperation = {
  /** Slug. */
  readonly project: string;
  readonly transaction: string;
  readonly op: string;
  readonly description: string;
  readonly samples: number;
};

/** What shows whether errors of a project arrive; null: its Sentry does not say. */
export type SensorHistory = {
  /** Errors that no incident with a fix explains, in five-minute buckets that begin at `from`. */
  readonly others: { readonly from: number; readonly counts: readonly number[] } | null;
  /** What became of its errors, in hours that begin at `from`; outcomes and reasons are Sentry's words. */
  readonly outcomes: {
    readonly from: number;
    readonly groups: readonly {
      readonly outcome: string;
      readonly reason: string | null;
      readonly counts: readonly number[];
    }[];
  } | null;
  /** Why something of it is null: what Sentry refused, a sentence each. */
  readonly unread?: readonly string[];
};

/** How often other errors happened, by issue. */
export type OtherIssues = readonly { readonly before: number; readonly since: number }[];

/** How many errors occurred in one transaction; null: in what names none. */
export type OperationErrors = { readonly transaction: string | null; readonly count: number };

/** Requests of one transaction in five-minute buckets without gaps. */
export type OperationRequests = {
  /** Beginning of the first bucket. */
  readonly from: number;
  readonly counts: readonly number[];
  /** Stored ones, before extrapolation. */
  readonly samples: number;
};

/** What tells one error from another; text from events, so it may keep an issue open but never close one. */
export type ErrorIdentity = {
  readonly id: string;
  readonly shortId: string;
  readonly projectId: string | null;
  /** The message of one without an exception is its title. */
  readonly thrown: { readonly type: string | null; readonly message: string | null };
  readonly culprit: string | null;
  readonly frame: { readonly filename: string | null; readonly function: string | null };
  /** Errors within the time that was asked for, and people who met one; null: unknown. */
  readonly count: number | null;
  readonly users: number | null;
  /** Milliseconds since the epoch; null: unknown. */
  readonly lastSeen: number | null;
  /** Someone archived it. */
  readonly archived: boolean;
};

/** Errors that are about to be called over, and what else happened in their projects. */
export type Neighbourhood = {
  /** By short id. */
  readonly own: ReadonlyMap<string, ErrorIdentity>;
  /** Errors that happened in the time that was asked for, but for those that someone resolved. */
  readonly others: readonly ErrorIdentity[];
  /**
   * Errors beside which more happened than could be read, by short id: how often the most frequent one may have happened
   * that `others` lacks.
   */
  readonly crowded: ReadonlyMap<string, number>;
};
