import type { Job } from "@patchpilot/action-kit";
import type { TouchingCommit } from "@patchpilot/evidence";
import { openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import type { Incident } from "@patchpilot/incident";
import { type AppliedChange, type IncidentChange, type IncidentDraft, makeBelief } from "@patchpilot/ledger";
import type {
  EndpointRegression,
  ExceedingHours,
  OperationHours,
  OperationTable,
  SpanOperation,
} from "@patchpilot/sentry";
import { connectCode } from "./connect-code.ts";
import { connectIncidents } from "./connect-incidents.ts";
import { connectSpans } from "./connect-spans.ts";
import type { Inputs } from "./inputs.ts";

/** What Sentry tells of operations, in the shapes of its client. Texts are Sentry's, exact and hostile. */
export type {
  Certainty,
  EndpointRegression as SentryRegression,
  ExceedingHours,
  OperationHour as Hour,
  OperationHours,
  OperationTable,
  OperationTiming as Timing,
  SpanOperation as Operation,
  TimedOperation,
} from "@patchpilot/sentry";

/** From (inclusive) to (exclusive), both whole hours in UTC. */
export type Window = { readonly from: Date; readonly to: Date };

/** A release of the environment, as Sentry knows it. */
export type Release = {
  /** Hostile text. */
  readonly version: string;
  /** Slugs of the projects that it is a release of; empty: Sentry does not say. */
  readonly projects: readonly string[];
  /** When it was deployed to the environment, else created; null: unknown. */
  readonly at: string | null;
  /** Whether `at` is a deployment's time. */
  readonly deployed: boolean;
  /** The commit that was built: 40 hex digits. */
  readonly commit: string | null;
};

/**
 * The part of Sentry that perf-scan asks. Every call throws HttpFailure with the missing scope by name; where the token
 * sees no project, `forbidden`, never an empty answer. A scan of 10 operations asks six times: the table twice, the
 * hours, the exceeding hours, the regressions, the releases.
 */
export type SpanReader = {
  /**
   * The 100 operations on which most time is spent, in one request.
   * @param ops values of `span.op`.
   */
  readonly readTable: (window: Window, ops: readonly string[]) => Promise<OperationTable>;
  /** One answer an operation, in order; ten operations a request. A window of 8 days has 192 hours. */
  readonly readHours: (
    window: Window,
    operations: readonly SpanOperation[],
  ) => Promise<readonly OperationHours[]>;
  /** One answer a question, in order; ten a request (an OR of `transaction:… span.duration:>…`). */
  readonly readExceeding: (
    window: Window,
    questions: readonly { readonly operation: SpanOperation; readonly threshold: number }[],
  ) => Promise<readonly ExceedingHours[]>;
  /** Sentry's own unresolved regressions of the environment, one request. */
  readonly listRegressions: () => Promise<readonly EndpointRegression[]>;
  /** When Sentry saw the regression begin (`occurrence.evidenceData.breakpoint`), one request; null: it does not say. */
  readonly readBreakpoint: (issueId: string) => Promise<Date | null>;
  /** Releases, newest first, at most 100, one request. */
  readonly listReleases: (projects: readonly string[]) => Promise<readonly Release[]>;
  /** The search that shows an operation in Sentry's trace explorer, quoted and escaped. Pure. */
  readonly queryOf: (operation: SpanOperation) => string;
};

/** A commit of the repository, with what it changed. */
export type Commit = {
  readonly sha: string;
  readonly date: string;
  /** Hostile text. */
  readonly headline: string;
};

/** One question for the history of a file. */
export type HistoryQuestion = {
  readonly path: string;
  /** Where to begin; null, or unknown to the repository: the head of the default branch. */
  readonly commit: string | null;
  /** ISO 8601; both ends included. */
  readonly since: string;
  readonly until: string;
};

/** What came between two commits. */
export type Comparison = {
  /** Oldest first, at most 250. */
  readonly commits: readonly Commit[];
  /** Files that differ, at most 300. */
  readonly files: readonly string[];
};

/** The repository's code, as GitHub shows it. */
export type CodeReader = {
  /** GitHub's comparison of two commits, one request; null where the repository does not know one of them. */
  readonly compare: (base: string, head: string) => Promise<Comparison | null>;
  /** Commits that touched files, newest first, at most 10 each; all questions in one request, one list a question. */
  readonly readHistory: (
    questions: readonly HistoryQuestion[],
  ) => Promise<readonly (readonly TouchingCommit[])[]>;
  /** Every path of the default branch's tree, in one request. `complete` is false where GitHub cut the list. */
  readonly listFiles: () => Promise<{ readonly paths: readonly string[]; readonly complete: boolean }>;
};

/**
 * What became of a draft. `opened`: this run opened it. `known`: the index names an issue for this key already. `held`:
 * another run is opening it just now. `unsure`: a reply was lost; the next run reads what happened.
 */
export type Opened =
  | { readonly key: string; readonly state: "opened" | "known"; readonly incident: Incident }
  | { readonly key: string; readonly state: "held" | "unsure"; readonly message: string };

/** What the repository knows of some operations, and of incidents at all. */
export type KnownIncidents = {
  /** The incidents that the index names, or an open issue's record: open or closed. */
  readonly byKey: ReadonlyMap<string, Incident>;
  /** The repository's oldest incidents of any kind. */
  readonly oldest: readonly Incident[];
};

/** Incidents on GitHub: issues with their records. */
export type IncidentStore = {
  /** Incidents of these numbers, in one request for 50. */
  readonly readNumbers: (numbers: readonly number[]) => Promise<readonly Incident[]>;
  /** Incidents by key, in two requests. */
  readonly readKeys: (keys: readonly string[]) => Promise<KnownIncidents>;
  /** Opens issues, each once over all runs: see `openIncidents` of the ledger. */
  readonly open: (drafts: readonly IncidentDraft[]) => Promise<readonly Opened[]>;
  readonly apply: (changes: readonly IncidentChange[]) => Promise<readonly AppliedChange[]>;
  /** GitHub's clock. */
  readonly now: () => Promise<Date>;
};

/** What `run` may touch. */
export type Ports = {
  readonly incidents: IncidentStore;
  readonly code: CodeReader;
  readonly spans: SpanReader;
  /** Values of the secrets that the job holds: they must not appear in what is written. */
  readonly secrets: readonly string[];
};

/**
 * Builds the ports from inputs and job.
 * @throws Error with a sentence where Sentry cannot be asked.
 */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment, secrets } = job;
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const repository = repositoryName(inputs.repository ?? environment.repository);
  return {
    incidents: connectIncidents(github, repository, {
      belief: makeBelief(inputs["state-key"], inputs["trusted-authors"]),
      run: `${environment.runId}.${environment.runAttempt}`,
    }),
    code: connectCode(github, repository),
    spans: connectSpans(inputs, job, wires),
    secrets: Object.values(secrets),
  };
}
