import type { Holding } from "@patchpilot/github";
import type { PostHog } from "@patchpilot/posthog";
import type { ExposureSource } from "./facts.ts";
import type { DecidedCase, FixedFile, SentryError, SlowOperation, VerifyCase } from "./questions/case.ts";
import type { HealthFact } from "./questions/health/facts.ts";
import type {
  Containment,
  ErrorHistory,
  ErrorIdentity,
  ExposureHistory,
  ListedRelease,
  Neighbourhood,
  OperationErrors,
  OperationHistory,
  OperationRequests,
  OtherIssues,
  ProductionHistory,
  ReleaseRequests,
  SensorHistory,
  TimeSpan,
  TracedOperation,
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

export type OperationQuestion = {
  readonly issue: number;
  readonly operation: SlowOperation;
  /** Only requests that name one of these count; absent: all. */
  readonly releases?: readonly string[];
};

type ReadOfOperations<Answer> = (
  questions: readonly OperationQuestion[],
  window: TimeSpan,
) => Promise<ReadonlyMap<number, Answer>>;

export type SightQuestion = { readonly issue: number; readonly error: SentryError };
/** What a list of Sentry's says of an error in this environment. */
export type SightOfError = Pick<ErrorIdentity, "count" | "users" | "lastSeen">;
/** A project whose incidents are about to close. */
export type SensorQuestion = {
  /** Numeric id; "": unknown. */
  readonly project: string;
  /** Incidents that are no sign of life. */
  readonly without: readonly SentryError[];
  readonly window: TimeSpan;
};

/** The same by issue, before an instant and since. */
export type OtherIssuesQuestion = SensorQuestion & { readonly anchor: number };

export type Written = {
  /** Sentences on what was refused. */
  readonly problems: readonly string[];
  /** Sentences on what was resolved in Sentry. */
  readonly resolved: readonly string[];
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
    /** Sentences on what could not be read. */
    readonly troubles?: readonly string[];
  }>;
  /** What is deployed, and was since the oldest instant of interest; undefined: no source knows. */
  readonly readProduction: (since: number) => Promise<ProductionHistory | undefined>;
  /** Releases of the incidents' projects, the newest 100; absent: Sentry is not configured. */
  readonly listReleases?: (() => Promise<readonly ListedRelease[]>) | undefined;
  /** Pairs whose answer is not known are missing. */
  readonly readContainment: (pairs: readonly Containment[]) => Promise<ReadonlyMap<Containment, Holding>>;
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
  /**
   * How often and when each error was seen in this environment, by issue number. What Sentry knows no more is missing.
   * Absent: Sentry is not configured.
   */
  readonly readLastSeen?:
    | ((questions: readonly SightQuestion[]) => Promise<ReadonlyMap<number, SightOfError>>)
    | undefined;
  /** By issue number, whole hours of the window; absent: Sentry is not configured. */
  readonly readOperations?: ReadOfOperations<OperationHistory> | undefined;
  /** The releases in which operations were used, the busiest first, by issue number; absent as above. */
  readonly readOperationReleases?: ReadOfOperations<readonly ReleaseRequests[]> | undefined;
  /**
   * The busiest operations of the kinds and in the projects of some; undefined where Sentry looked at a part of its data only.
   * Absent as above.
   */
  readonly readTraced?:
    | ((
        operations: readonly SlowOperation[],
        window: TimeSpan,
      ) => Promise<readonly TracedOperation[] | undefined>)
    | undefined;
  /** The transactions in which errors occurred in that time, by the error's id; absent: Sentry is not configured. */
  readonly readTransactions?:
    | ((
        errors: readonly SentryError[],
        span: TimeSpan,
      ) => Promise<ReadonlyMap<string, readonly OperationErrors[]>>)
    | undefined;
  /** Requests of transactions of one project, by name; one without data is missing. Absent as above. */
  readonly readRequests?:
    | ((
        project: string,
        transactions: readonly string[],
        span: TimeSpan,
      ) => Promise<ReadonlyMap<string, OperationRequests>>)
    | undefined;
  /** The errors themselves, and what else happened in their projects in that time. */
  readonly readNeighbours: (errors: readonly SentryError[], span: TimeSpan) => Promise<Neighbourhood>;
  /** By project; absent: Sentry is not configured. */
  readonly readSensor?:
    | ((questions: readonly SensorQuestion[]) => Promise<ReadonlyMap<string, SensorHistory>>)
    | undefined;
  /** What else happened in projects, by issue, where it seems to have stopped. */
  readonly readOtherIssues?:
    | ((questions: readonly OtherIssuesQuestion[]) => Promise<ReadonlyMap<string, OtherIssues>>)
    | undefined;
  /** How often errors happened in that time, by id; absent: Sentry is not configured. */
  readonly countErrors?:
    | ((errors: readonly SentryError[], span: TimeSpan) => Promise<ReadonlyMap<string, number>>)
    | undefined;
  /** Counts product events in two windows; absent: PostHog is not configured. */
  readonly countEvents?: PostHog["countEvents"] | undefined;
  /** The first files that a merged pull request of the target changes. */
  readonly readChange?: (pull: number) => Promise<readonly FixedFile[]>;
  /** Values of the job's secrets, which no text may show. */
  readonly secrets: readonly string[];
  /** Writes decisions. */
  readonly apply: (decided: readonly DecidedCase[]) => Promise<Written>;
};
