import type {
  listArtifacts,
  listRunsOfCommit,
  ProposedPull,
  readBranchHead,
  readChecks,
  readCheckWords,
  readPullWords,
  readReview,
  readRunsOfCommit,
  WorkflowRun,
} from "@patchpilot/github";
import type { WorkOrder } from "@patchpilot/incident";
import type {
  AppliedChange,
  Claim,
  ClaimResult,
  ClaimWrite,
  FactBase,
  Gate,
  GateResult,
  GateWrite,
  IncidentChange,
  Ledger,
  SpendBook,
  SpendEntries,
  SpendResult,
  Wanted,
} from "@patchpilot/ledger";

/** The repository that refs are written in, and the commit that their facts are made on. */
export type RefHome = { readonly nodeId: string; readonly base: FactBase };

/** Reads that the run can do without, of the repository that is repaired. */
export type DispatchAside = {
  readonly readReview: (id: string) => ReturnType<typeof readReview>;
  readonly readPullWords: (pull: number) => ReturnType<typeof readPullWords>;
  readonly readPullRequests: (branches: readonly string[]) => Promise<ReadonlyMap<string, ProposedPull>>;
  readonly listArtifacts: (run: string) => ReturnType<typeof listArtifacts>;
  readonly readArtifact: (id: number, files: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly listRunsOfCommit: (commit: string) => ReturnType<typeof listRunsOfCommit>;
  readonly readRunsOfCommit: (commit: string) => ReturnType<typeof readRunsOfCommit>;
  readonly readChecks: (pulls: readonly number[]) => ReturnType<typeof readChecks>;
  readonly readCheckWords: (checks: readonly string[]) => ReturnType<typeof readCheckWords>;
  /** The end of what a job printed. */
  readonly readEndOfLog: (job: number, bytes: number) => Promise<string>;
};

/** What `run` may touch. */
export type DispatchPorts = {
  /** owner/name of the repository that holds the incidents: records, labels, claims. */
  readonly repository: string;
  /** owner/name of the repository that is repaired: gates, runs, pull requests, the dispatch itself. */
  readonly targetRepository: string;
  readonly sameRepository: boolean;
  /** The issues that the inputs or the event name; undefined: the run looks around. */
  readonly namedIssues: readonly number[] | undefined;
  /** Values of the job's secrets, which no text of a work order may show. */
  readonly secrets: readonly string[];
  readonly run: { readonly id: string; readonly attempt: number };
  /** GitHub's clock. */
  readonly clock: () => Promise<Date>;
  readonly readLedger: (wanted: Wanted, refs: readonly string[]) => Promise<Ledger>;
  /** @param known by issue, the highest attempt that a record names */
  readonly readClaims: (
    known: ReadonlyMap<number, number>,
    refs: Ledger["refs"],
  ) => Promise<ReadonlyMap<number, readonly Claim[]>>;
  readonly writeClaims: (home: RefHome, writes: readonly ClaimWrite[]) => Promise<readonly ClaimResult[]>;
  /** @param month in UTC, as `2026-11` */
  readonly readSpendBook: (month: string) => Promise<SpendBook>;
  /** Puts entries in place of those of a book, as long as nobody has changed it. */
  readonly writeSpendBook: (home: RefHome, book: SpendBook, entries: SpendEntries) => Promise<SpendResult>;
  readonly applyChanges: (
    ledger: Ledger,
    changes: readonly IncidentChange[],
  ) => Promise<readonly AppliedChange[]>;
  readonly readPermission: (login: string) => Promise<string>;
  readonly readTarget: () => ReturnType<typeof readBranchHead>;
  readonly readGates: (keys: readonly string[]) => Promise<ReadonlyMap<string, Gate>>;
  readonly writeGates: (home: RefHome, writes: readonly GateWrite[]) => Promise<readonly GateResult[]>;
  readonly readPullRequests: (branches: readonly string[]) => Promise<ReadonlyMap<string, ProposedPull>>;
  /** By number of the pull request. */
  readonly readCommitMessages: (pulls: readonly number[]) => Promise<ReadonlyMap<number, readonly string[]>>;
  readonly listRuns: (search: {
    readonly event: string;
    readonly since: string;
  }) => Promise<readonly WorkflowRun[]>;
  /** Runs the failed jobs of a workflow run once more. */
  readonly rerunFailedJobs: (run: string) => Promise<void>;
  /** Starts the repair workflow. @returns the id of the run, if GitHub names it */
  readonly send: (order: WorkOrder, branch: string) => Promise<string | undefined>;
  readonly openAside: () => DispatchAside;
};
