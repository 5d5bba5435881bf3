import type { AcceptanceStore, CodeReader } from "@patchpilot/acceptance";
import type { Incident } from "@patchpilot/incident";
import type {
  EndpointRegression,
  ExceedingHours,
  OperationHours,
  OperationTable,
  SpanOperation,
} from "@patchpilot/sentry";
import type { DatedRelease, HourSpan, ReleaseChanges } from "./facts.ts";

/**
 * The part of Sentry that perf-scan asks; texts are Sentry's, exact and hostile. Every call throws HttpFailure with the
 * missing scope by name; if the token sees no project, `forbidden`, never an empty answer. A scan of 10 operations asks
 * six times: the table twice, the hours, the exceeding hours, the regressions, the releases.
 */
export type SpanReader = {
  /**
   * The 100 operations on which most time is spent, in one request.
   * @param families families of `span.op`; none: all operations.
   */
  readonly readTable: (window: HourSpan, families: readonly string[]) => Promise<OperationTable>;
  /** One answer an operation, in order; ten operations a request. A window of 8 days has 192 hours. */
  readonly readHours: (
    window: HourSpan,
    operations: readonly SpanOperation[],
  ) => Promise<readonly OperationHours[]>;
  /** One answer a question, in order; ten a request (an OR of `transaction:… span.duration:>…`). */
  readonly readExceeding: (
    window: HourSpan,
    questions: readonly { readonly operation: SpanOperation; readonly threshold: number }[],
  ) => Promise<readonly ExceedingHours[]>;
  /** Sentry's own unresolved regressions of the environment, one request. */
  readonly listRegressions: () => Promise<readonly EndpointRegression[]>;
  /** When Sentry saw the regression begin (`occurrence.evidenceData.breakpoint`), one request; null: it does not say. */
  readonly readBreakpoint: (issueId: string) => Promise<Date | null>;
  /** Releases, newest first, at most 100, one request. */
  readonly listReleases: (projects: readonly string[]) => Promise<readonly DatedRelease[]>;
  /** The search that shows an operation in Sentry's trace explorer, quoted and escaped. Pure. */
  readonly queryOf: (operation: SpanOperation) => string;
};

/** The repository's code, as GitHub shows it. */
export type ComparingReader = CodeReader & {
  /** GitHub's comparison of two commits, one request; null if the repository does not know one of them. */
  readonly compare: (base: string, head: string) => Promise<ReleaseChanges | null>;
};

/** Incidents on GitHub: issues with their records. */
export type PerfScanStore = AcceptanceStore & {
  /** Incidents by key, in two requests: those that the index or an open issue's record names, and the oldest of any kind. */
  readonly readKeys: (keys: readonly string[]) => Promise<{
    readonly byKey: ReadonlyMap<string, Incident>;
    readonly oldest: readonly Incident[];
  }>;
};

/** What `run` may touch. */
export type PerfScanPorts = {
  readonly incidents: PerfScanStore;
  readonly code: ComparingReader;
  readonly spans: SpanReader;
  /** Values of the secrets that the job holds: they must not appear in what is written. */
  readonly secrets: readonly string[];
};
