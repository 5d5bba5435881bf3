import type { Allowable } from "@patchpilot/action-kit/contract";
import type { CommitCheck, ProposedPull, PullChecks, WorkflowRun } from "@patchpilot/github";
import type {
  Amounts,
  Command,
  Currency,
  EndingCause,
  GateFact,
  Incident,
  OlderRecord,
  Prices,
  SpokenCommand,
  WorkEnding,
} from "@patchpilot/incident";
import type { Claim, Gate } from "@patchpilot/ledger";
import type { DispatchInputs } from "./contract.ts";

/** A command in a comment, and whether its author may give it. */
export type HeardCommand = SpokenCommand & { readonly mayWrite: boolean };

/** What a worker's run left: texts of an agent or a test run, clean and short. No decision uses one of them. */
export type EndWords = {
  /** How it ended, where the run changed nothing. */
  readonly ending?: WorkEnding;
  readonly cause?: EndingCause;
  readonly reason: string;
  readonly summary: string;
  readonly question?: string;
  readonly failure?: { readonly command: string; readonly output: string };
};

/** Why that is not known, as a part of a sentence; `unread`: GitHub did not give it out, and a later run may get it. */
export type NoEndWords = { readonly unknown: string; readonly unread: boolean };

/** The checks of a pull request's newest commit as GitHub lists them, and those of the base. */
export type ListedChecks = PullChecks;

/** What CI says of the pull request, where something of it is red. */
export type RedChecks = {
  /** Red by the change: of GitHub Actions or an App that counts, and not red on the base. */
  readonly red: readonly CommitCheck[];
  readonly head: string;
  readonly tree: string;
  /** The branch is in the repository that is repaired. */
  readonly isOwn: boolean;
  /** No check is missing. */
  readonly isComplete: boolean;
  /** A check that counts has not ended. */
  readonly isPending: boolean;
  /** Something that counts is red on the base as well. */
  readonly isBaseRed: boolean;
  /** What may be done first about workflow runs of `red`, by id. */
  readonly runs: ReadonlyMap<string, RunRetry>;
};

/**
 * `first`: failed jobs of the run may be flaky, and can be run again. `waits`: they are being run again. `over`: they
 * were, or cannot be.
 */
export type RunRetry = "first" | "waits" | "over";

/** Everything that is known of one incident when dispatch decides. Refs are the authority; the rest is a hint. */
export type DispatchFacts = {
  /** Without `older`. */
  readonly incident: Incident;
  /** Own records that show less than refs know. */
  readonly older?: readonly OlderRecord[];
  /** Claims without gaps, lowest attempt first. */
  readonly claims: readonly Claim[];
  /** Gate of the highest claim. */
  readonly gate: Gate;
  /** Runs whose name bears the key of the highest claim, newest first; read before `gate` and `pullRequest`. */
  readonly runs: readonly WorkflowRun[];
  /** Earlier attempts whose end no record says, with their gates. */
  readonly unrecorded?: readonly {
    readonly attempt: number;
    readonly gate: Extract<GateFact, { state: "closed" }>;
  }[];
  /** Pull request of the branch of the highest claim. */
  readonly pullRequest: ProposedPull | undefined;
  /** The id of the repository that holds the incident, as keys name it. */
  readonly repositoryId: number;
  /** A reviewer with write access asks for changes to `pullRequest`, and no claim names that review. */
  readonly changeRequest?: {
    readonly review: string;
    /** A commit of the branch is not a worker's. */
    readonly isOthers: boolean;
  };
  /** Undefined also where checks are not read. */
  readonly checks?: RedChecks;
  /** What the newest attempt left, read by the run that sees its end. */
  readonly endWords?: EndWords | NoEndWords;
  /** Commands in comments that came after the newest attempt was dispatched, oldest first. */
  readonly heard?: readonly HeardCommand[];
  /** Whether the person who set the label of a command may write here; undefined: no such label. */
  readonly vouchedBy: { readonly [command in Exclude<Command, "hold">]?: boolean };
};

/** Over all attempts of an incident, or over those that open on one day or in one month in UTC. */
export type CapScope = "incident" | "day" | "month";

/** A cap that a person set. */
export type Cap = { readonly currency: Currency; readonly scope: CapScope; readonly most: number };

/** What attempts may spend. */
export type SpendRules = {
  readonly caps: readonly Cap[];
  readonly prices: Prices;
  /** Reserved for each attempt; empty: nothing is capped, so nothing is counted. */
  readonly reserve: Amounts;
};

/** Clocks and limits of one run. */
export type DispatchSettings = {
  readonly now: number;
  /** This run, as claims name it. */
  readonly run: string;
  readonly runAttempt: number;
  readonly maxAttempts: number;
  readonly leaseMs: number;
  readonly startMs: number;
  readonly attemptMs: number;
  readonly minSeverity: string;
  readonly minConfidence: number;
  readonly autonomy: DispatchInputs["autonomy"];
  /** Without `retry`, further attempts of an episode are a person's to open. */
  readonly allow: readonly Allowable[];
  /** Whether a person approves a plan before anything is changed. */
  readonly approval: "none" | "label";
  readonly redispatch: boolean;
  readonly spend: SpendRules;
  /** Attempts in one episode that red checks may open. */
  readonly maxCiRepairs: number;
};
