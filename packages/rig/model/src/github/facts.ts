import { createHash } from "node:crypto";
import type {
  AttemptRecord,
  ClaimFact,
  DispatchRecord,
  EndingCause,
  GateFact,
  RecoveryRecord,
  SpendEntry,
  WorkEnding,
} from "@patchpilot/incident";
import { NumberTable } from "./table.ts";

/** What people did to an issue. */
export type Face = {
  readonly open: boolean;
  readonly held: boolean;
  readonly retry?: Label;
  readonly goAhead?: Label;
  /** An answer to the agent's question. */
  readonly answer?: Omit<Label, "mayWrite">;
};
export type Label = { readonly event: number; readonly at: number; readonly mayWrite: boolean };

export type Commit = {
  readonly id: string;
  readonly tree: string;
  readonly parent: string;
  /** The key of the attempt whose worker made it; empty: somebody did. */
  readonly key: string;
};

/** A branch of an attempt, and the pull request on it. */
export type Branch = {
  readonly commits: readonly Commit[];
  readonly pull?: {
    readonly number: number;
    readonly state: "open" | "closed" | "merged";
    /** Change requests that still hold, oldest first. */
    readonly reviews: readonly string[];
  };
  /** Of the newest commit. */
  readonly ci?: { readonly starts: number; readonly state: "pending" | "red" | "green" };
};

export type ModelPlan = { readonly sha256: string; readonly text: string; readonly at: number };

/** What a worker was informed. */
export type Order = {
  readonly attempt: number;
  readonly issue: number;
  readonly plans?: true;
  readonly continues?: { readonly branch: string; readonly pullRequest: number; readonly head: string };
  /** The plan that it carries out. */
  readonly plan?: string;
  readonly isForChecks?: true;
};

/** What the run list says of a worker's run. Times are ticks. */
export type ListedRun = {
  readonly attempt: number;
  readonly ended: boolean;
  readonly conclusion: string | null;
  readonly created: number;
  readonly updated: number;
};

/** What a gate says, and of one at `publishing` the tick in which it was moved. */
export type DatedGate = GateFact & { readonly moved?: number };

export type WorkerLeft = { readonly ending?: WorkEnding; readonly cause?: EndingCause };

/** What a run of dispatch has read, as numbers. */
export type ReadView = {
  readonly issue: number;
  readonly now: number;
  readonly face: number;
  readonly said: number;
  readonly verdict: number;
  readonly records: readonly number[];
  readonly plans: readonly number[];
  readonly claims: readonly number[];
  /** Workers with the key of the highest claim, and what the list showed of each. */
  readonly runs: readonly (readonly [worker: number, shown: number])[];
  readonly gate: number;
  readonly branch: number;
  /** 0: not asked for; 1: GitHub does not give it out; else what the run left, plus 1. */
  readonly left: number;
  /** Failed jobs of CI were run again just now. */
  readonly reran?: true;
};

/** Everything that a number of a state may mean. */
export class Facts {
  readonly faces = new NumberTable<Face>();
  readonly claims = new NumberTable<ClaimFact>();
  readonly gates = new NumberTable<DatedGate>();
  readonly branches = new NumberTable<Branch>();
  readonly records = new NumberTable<AttemptRecord>();
  readonly plans = new NumberTable<ModelPlan>();
  readonly said = new NumberTable<DispatchRecord>();
  readonly verdicts = new NumberTable<RecoveryRecord>();
  readonly books = new NumberTable<Readonly<Record<string, SpendEntry>>>();
  readonly orders = new NumberTable<Order>();
  readonly shown = new NumberTable<ListedRun>();
  readonly left = new NumberTable<WorkerLeft>();
  readonly heads = new NumberTable<string>();
  readonly views = new NumberTable<ReadView>();
}

export const MODEL_REPOSITORY = 4242;
const FIRST_ISSUE = 12;
export const numberOfIssue = (issue: number): number => FIRST_ISSUE + issue;
export const numberOfPull = (issue: number, attempt: number): number => 100 + 10 * issue + attempt;
export const workerRunId = (worker: number): string => `${500 + worker}`;
export const workerOfRunId = (id: string): number => Number(id) - 500;
export const dispatchRunId = (run: number): string => `${100 + run}`;

/** An hour of a clock that only knows ticks. A lease and the time to start end after one, an attempt after two. */
export const TICK = 20 * 60_000;
const START = Date.parse("2026-11-21T09:00:00.000Z");
export const instantOfTick = (tick: number): string => new Date(START + tick * TICK).toISOString();
export const millis = (tick: number): number => START + tick * TICK;
export const toTick = (text: string): number => (Date.parse(text) - START) / TICK;

/** What git would call it. */
export const oid = (...parts: readonly (string | number)[]): string =>
  createHash("sha1").update(parts.join("/")).digest("hex");
/** The commit of the base branch that every attempt begins at. */
export const BASE = oid("base");

export const findTip = (branch: Branch | undefined): Commit | undefined => branch?.commits.at(-1);
