import type { ExposureSource, HealthFact } from "./facts.ts";
import type { DecidedCase, SentryError, SlowOperation, VerifyCase } from "./questions/case.ts";
import type {
  Containment,
  ErrorHistory,
  ErrorIdentity,
  ExposureHistory,
  FixHolding,
  OperationHistory,
  ProductionHistory,
  TimeSpan,
} from "./questions/sources.ts";

export type ErrorQuestion = {
  readonly issue: number;
  readonly error: SentryError;
  /** Start of the deploy: releases are wanted from here on. */
  readonly anchor: number;
  readonly window: TimeSpan;
};

/** A slow operation of another environment than the run's. */
export type Elsewhere = { readonly issue: number; readonly environment: string };

export type OperationQuestion = { readonly issue: number; readonly operation: SlowOperation };

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
export type VerifyPorts = {
  /** The incidents to serve, and GitHub's clock. */
  readonly readCases: () => Promise<{
    readonly now: number;
    readonly cases: readonly VerifyCase[];
    /** Left to the runs that verify other environments. */
    readonly elsewhere?: readonly Elsewhere[];
    /** Set where the inputs or the event name issues: a sentence on each that there is nothing to verify about. */
    readonly absences?: readonly string[];
  }>;
  /** What is deployed, and was since the oldest instant of interest; undefined: no source knows. */
  readonly readProduction: (since: number) => Promise<ProductionHistory | undefined>;
  /** Of a pair that is missing nothing is known. */
  readonly readContainment: (pairs: readonly Containment[]) => Promise<ReadonlyMap<Containment, FixHolding>>;
  /** Asks the health URL once; undefined: none is configured. */
  readonly probeHealth: (() => Promise<HealthFact>) | undefined;
  /** Exposure by project id ("" where none is known); a project without data is missing. Absent: not configured. */
  readonly readExposure: {
    readonly [Source in Exclude<ExposureSource, "clock">]?: (
      projects: readonly string[],
      window: TimeSpan,
    ) => Promise<ReadonlyMap<string, ExposureHistory>>;
  };
  /** By issue number; absent: Sentry is not configured. */
  readonly readErrors:
    | ((questions: readonly ErrorQuestion[]) => Promise<ReadonlyMap<number, ErrorHistory>>)
    | undefined;
  /** By issue number, whole hours of the window; absent: Sentry is not configured. */
  readonly readOperations?:
    | ((
        questions: readonly OperationQuestion[],
        window: TimeSpan,
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
