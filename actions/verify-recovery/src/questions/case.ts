import type {
  ImpactRecord,
  IncidentSummary,
  LessonFacts,
  PerformanceFacts,
  Phase,
  RecoveryRecord,
  Sightings,
} from "@patchpilot/incident";
import type { VerifyDecision } from "../facts.ts";

/** Instants are milliseconds since the epoch, by the provider's clock. */

/** One incident as this action serves it. */
export type VerifyCase = {
  readonly issue: number;
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
  /** A bot reopened what this action had closed. */
  readonly reopened?: true;
  /** When somebody closed it who had reopened it after the close in the record. */
  readonly closedAgainAt?: number;
  /** The record of this episode that this action wrote before. */
  readonly previous: RecoveryRecord | null;
  /** What Sentry counted of the error, as its record says. */
  readonly seen?: Sightings;
  /** What `impact` counted in this episode. */
  readonly impact?: ImpactRecord;
  /** What its lesson is made of beside the fix; absent: it has no signature that another one could share. */
  readonly teaches?: Pick<LessonFacts, "signature" | "confidence" | "attempts">;
  /** What the comment of the close says of its cost. */
  readonly cost?: string;
};

export type SentryError = {
  readonly organization: string;
  /** Numeric id, where it is known. */
  readonly id: string | null;
  readonly shortId: string;
  readonly projectId: string | null;
};

/** An operation that was reported as slow. Texts are Sentry's, exact and hostile. */
export type SlowOperation = PerformanceFacts["operation"] & {
  readonly organization: string;
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

/** One decision, ready to be written. */
export type DecidedCase = {
  readonly case: VerifyCase;
  readonly decision: VerifyDecision;
  /** What Sentry counts of the error by now; absent: it was not asked. */
  readonly seen?: Sightings;
  /** Text and data of the record `recovery/e`; null where it stands as it should. */
  readonly record: { readonly text: string; readonly data: RecoveryRecord } | null;
};

/** A file that a merged fix changed; `patch` is absent where GitHub shows none. Hostile text. */
export type FixedFile = { readonly path: string; readonly patch?: string };
