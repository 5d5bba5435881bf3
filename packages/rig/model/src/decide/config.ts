/** How a worker's agent may end: with a patch, a plan, a question, nothing, or an accident. */
export type WorkEnd = "patch" | "plan" | "asked" | "nothing" | "failed" | "interrupted";

/** What somebody or production may do. */
export type PersonDeed =
  | "merge"
  | "close-pull"
  | "review"
  | "withdraw-review"
  | "commit"
  | "red"
  /** They are red, and are so again when their failed jobs run once more. */
  | "red-twice"
  | "green"
  | "retry"
  | "answer"
  | "go-ahead"
  | "stranger-go-ahead"
  | "hold"
  | "unhold"
  | "close-issue"
  | "reopen"
  | "disproved";

/**
 * Run 0 has sent attempt 1; worker 0 has ended it; somebody has asked for changes, which is the first deed, and run 1 has
 * sent attempt 2.
 */
export type Beginning = "first-sent" | "first-ended" | "second-sent";

/** What one search goes through. Everything is in any order, up to these numbers. */
export type Config = {
  readonly name: string;
  readonly issues: number;
  /** Runs of dispatch. */
  readonly runs: number;
  /** Attempts of an issue, and workers' runs in all: what would be one more is not opened. */
  readonly attempts: number;
  readonly workers: number;
  /** Times that a worker's run is started, by re-runs. */
  readonly starts: number;
  readonly ticks: number;
  /** Lost requests and replies, refused dispatches, and reads that a replica answers late. Crashes are free. */
  readonly faults: number;
  /** Nobody dies; who is slow for ever looks the same to all others. */
  readonly crashes?: false;
  readonly deeds: number;
  readonly may: readonly PersonDeed[];
  readonly work: readonly WorkEnd[];
  readonly maxAttempts: number;
  readonly maxCiRepairs: number;
  /** Dollars that an attempt may spend, and all of a month. */
  readonly caps?: { readonly perAttempt: number; readonly perMonth: number };
  readonly approval?: "label";
  /** An order that was sent before its lease was over arrives before that. Else it may be on its way for any time. */
  readonly isPrompt?: true;
  /** How far it has come without a fault where the search begins. */
  readonly begins?: Beginning;
  /** The safeguard that is taken away. */
  readonly without?: string;
};
