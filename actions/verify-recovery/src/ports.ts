import type { InputsOf } from "@patchpilot/action-kit/contract";
import type { IncidentSummary, Phase, RecoveryRecord } from "@patchpilot/incident";
import type { LatencyBucket } from "@patchpilot/verdict";
import type { contract } from "./contract.ts";
import type { Decision, ExposureSource, HealthFact, ProductionSource } from "./facts.ts";

export { connect } from "./connecting/connect.ts";

export type Inputs = InputsOf<typeof contract>;

/** Instants are milliseconds since the epoch, by the provider's clock. */

/** One incident as this action serves it. */
export type Case = {
  readonly issue: number;
  readonly title: string;
  readonly summary: IncidentSummary;
  readonly phase: Phase;
  readonly episode: number;
  /** The label patchpilot:hold is set. */
  readonly held: boolean;
  readonly acceptedAt: number;
  /** First error of the episode: the issue's first, or its regression. */
  readonly onset: number;
  /** The error in Sentry; null where the incident names none. */
  readonly error: SentryError | null;
  /** The slow operation of an incident of the kind `performance`; absent where it cannot be named exactly. */
  readonly operation?: SlowOperation;
  /** Newest fix of the episode that is merged. */
  readonly merge: Merge | null;
  /** Repair attempts of the episode so far. */
  readonly attempts: number;
  /** The record of this episode that this action wrote before. */
  readonly previous: RecoveryRecord | null;
};

export type SentryError = {
  readonly organization: string;
  /** Numeric id, where it is known. */
  readonly id: string | null;
  readonly shortId: string;
  readonly projectId: string | null;
};

/** An operation that was reported as slow. Texts are Sentry's, exact and hostile. */
export type SlowOperation = {
  readonly organization: string;
  /** Slug. */
  readonly project: string;
  readonly transaction: string;
  readonly op: string;
  readonly description: string;
  /** Where these texts were changed or cut before they were written down: what finds it, and what tells it from others. */
  readonly pattern?: { readonly search: string; readonly key: string; readonly environment: string };
  /** A request that takes longer, in milliseconds, is slow: fixed when it was reported. */
  readonly aboveMs: number;
  /** p95 in milliseconds from which on the operation counts as slow. */
  readonly thresholdMs: number;
  /** Up to when it was fast; null: it never was. */
  readonly fastUntil: number | null;
  /** From when on it was slow in this episode. */
  readonly slowFrom: number;
  /** Fewer requests than this say nothing. */
  readonly minSamples: number;
};

export type Merge = {
  readonly commit: string;
  readonly at: number;
  /** null: a person's. */
  readonly attempt: number | null;
  readonly pullRequest: number | null;
};

/** The input `exposure`. */
export type ExposureChoice = "auto" | ExposureSource;

/** What production runs and ran, from one source. */
export type Production = {
  readonly source: ProductionSource;
  /** What served production, newest first: the first entry is live, later ones ended where the one before began. */
  readonly history: readonly Stretch[];
  /** Production deployments that have not gone live, newest first. */
  readonly waiting: readonly Waiting[];
};

/** `from` null: since when is not known. */
export type Stretch = { readonly sha: string | null; readonly from: number | null };

export type Waiting = {
  readonly sha: string | null;
  /** `canceled`: by a person, or because nothing that it deploys was touched. */
  readonly state: "pending" | "staged" | "failed" | "canceled";
  readonly at: number;
  /** A sentence, with the remedy where there is one. */
  readonly detail: string;
};

/** Does the history of `head` contain `fix`? */
export type Containment = { readonly fix: string; readonly head: string };

/** Exposure of one project in five-minute buckets without gaps. */
export type Exposure = {
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

export type Window = { readonly from: number; readonly until: number };

export type ErrorQuestion = {
  readonly issue: number;
  readonly error: SentryError;
  /** Start of the deploy: releases are wanted from here on. */
  readonly anchor: number;
  readonly window: Window;
};

/** Errors of one incident. */
export type ErrorHistory = {
  /** From here on all errors are in `points`; later than asked where there were too many. */
  readonly knownFrom: number;
  /** Up to here they are in; absent: but for the usual delay, up to now. */
  readonly knownUntil?: number;
  /** Sentry's own first event or regression, where it told. */
  readonly onset: number | null;
  /** Single errors, or counts of five minutes that begin at `at`. `release` undefined: not told; null: none named. */
  readonly points: readonly {
    readonly at: number;
    readonly count: number;
    readonly release?: string | null;
  }[];
};

/** A slow operation of another environment than the run's. */
export type Elsewhere = { readonly issue: number; readonly environment: string };

export type OperationQuestion = { readonly issue: number; readonly operation: SlowOperation };

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
  readonly type: string | null;
  readonly filename: string | null;
  readonly function: string | null;
  readonly firstSeen: number;
};

/** One decision, ready to be written. */
export type DecidedCase = {
  readonly case: Case;
  readonly decision: Decision;
  /** Text and data of the record `recovery/e`; null where it stands as it should. */
  readonly record: { readonly text: string; readonly data: RecoveryRecord } | null;
};

export type Written = {
  /** Sentences on what was refused. */
  readonly problems: readonly string[];
  /** Issues that do not show what was decided; the next run looks again. */
  readonly unwritten: ReadonlySet<number>;
};

/**
 * What this action needs of the world: each call answers for all incidents at once. A call throws HttpFailure
 * where its provider does not answer or refuses.
 */
export type Ports = {
  /** The incidents to serve, and GitHub's clock. */
  readonly readCases: () => Promise<{
    readonly now: number;
    readonly cases: readonly Case[];
    /** Left to the runs that verify other environments. */
    readonly elsewhere?: readonly Elsewhere[];
    /** Set where the inputs or the event name issues: a sentence on each that there is nothing to verify about. */
    readonly absences?: readonly string[];
  }>;
  /** From the first source that is configured and knows; undefined: none does. `since`: oldest instant of interest. */
  readonly readProduction: (since: number, fixes: readonly string[]) => Promise<Production | undefined>;
  /** Pairs whose answer is not known are missing. */
  readonly readContainment: (pairs: readonly Containment[]) => Promise<ReadonlyMap<Containment, boolean>>;
  /** Asks the health URL once; undefined: none is configured. */
  readonly probeHealth: (() => Promise<HealthFact>) | undefined;
  /** Exposure by project id ("" where none is known); a project without data is missing. Absent: not configured. */
  readonly readExposure: {
    readonly [Source in Exclude<ExposureSource, "clock">]?: (
      projects: readonly string[],
      window: Window,
    ) => Promise<ReadonlyMap<string, Exposure>>;
  };
  /** By issue number; absent: Sentry is not configured. */
  readonly readErrors:
    | ((questions: readonly ErrorQuestion[]) => Promise<ReadonlyMap<number, ErrorHistory>>)
    | undefined;
  /** By issue number, whole hours of the window; absent: Sentry is not configured. */
  readonly readOperations?:
    | ((
        questions: readonly OperationQuestion[],
        window: Window,
      ) => Promise<ReadonlyMap<number, OperationHistory>>)
    | undefined;
  /** The errors themselves, and those of their projects that began after `since`. */
  readonly readIdentities: (
    errors: readonly SentryError[],
    since: number,
  ) => Promise<{
    readonly own: ReadonlyMap<string, ErrorIdentity>;
    readonly newer: readonly ErrorIdentity[];
  }>;
  /** Writes decisions. */
  readonly apply: (decided: readonly DecidedCase[]) => Promise<Written>;
};
