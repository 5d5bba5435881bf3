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

/** Does the commit `head` hold the commit `fix`? */
export type Containment = { readonly fix: string; readonly head: string };

/**
 * Whether a commit holds a fix: by its history, or by the copy in it that `by` names, as of a cherry-pick. It held it before
 * that commit reverted it. `perhaps…`: somebody has to look at that commit.
 */
export type FixHolding = { readonly state: HoldingState; readonly by?: HistoryMark };

export type HoldingState = "held" | "missing" | "reverted" | "perhaps-held" | "perhaps-reverted" | "unknown";

/** A commit with its pull request and the branch that this was for, where they are known. */
export type HistoryMark = {
  readonly sha: string;
  readonly branch: string | null;
  readonly pull: number | null;
};

/** Exposure of one project in five-minute buckets without gaps. */
export type ExposureHistory = {
  /** Beginning of the first bucket. */
  readonly from: number;
  /** `release` null: what names none. Of a source that does not know releases: one entry, null. */
  readonly releases: readonly { readonly release: string | null; readonly counts: readonly number[] }[];
  /** What could not be told apart by release. */
  readonly other: readonly number[];
  /** Share of the traffic that is sampled, by bucket; empty or null where unknown. */
  readonly sampleRates: readonly (number | null)[];
  readonly byRelease: boolean;
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
};

/** Hours of one operation, without gaps. */
export type OperationHistory = {
  readonly buckets: readonly LatencyBucket[];
  /** Sentry looked at a part of its data only. */
  readonly partial: boolean;
  /** Sentry has little confidence in most of it: few samples stand for many requests. */
  readonly unsure?: boolean;
};

/** What tells one error from another; text from events, so it may keep an issue open but never close one. */
export type ErrorIdentity = {
  readonly shortId: string;
  readonly projectId: string | null;
  readonly culprit: string | null;
  readonly filename: string | null;
  readonly function: string | null;
  readonly firstSeen: number;
};
