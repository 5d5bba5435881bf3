import type { JudgedHours, LatencyAssessment } from "@patchpilot/verdict";
import type { Operation, SentryRegression, Timing } from "../ports.ts";

/** The inputs that decide. */
export type Settings = {
  readonly organization: string;
  readonly sentryUrl: string;
  readonly environment: string;
  readonly windowHours: number;
  readonly baseline: "previous-week" | "previous-window";
  /** p95 in milliseconds over which an operation is slow. */
  readonly threshold: number;
  readonly minChange: number;
  readonly minSamples: number;
  readonly limit: number;
  readonly suspectFiles: number;
};

/** An operation that may be slow, before it is judged. */
export type Candidate = {
  readonly key: string;
  readonly operation: Operation;
  /** Null where only Sentry's own regression names it. */
  readonly now: Timing | null;
  /** Null where it had no spans in the baseline, or was not among those that were read. */
  readonly before: Timing | null;
  readonly regression: SentryRegression | null;
};

/** An operation with the verdict on it. */
export type Finding = Candidate & {
  readonly verdict: "regressed" | "slow" | "steady" | "insufficient";
  /** `sentry`: Sentry's own detector alone says so. */
  readonly source: "spans" | "sentry";
  /** p95 now, and before where it is known, in milliseconds. */
  readonly p95: number;
  readonly baselineP95: number | null;
  /** p95 over the baseline's; null: nothing to compare with. */
  readonly change: number | null;
  /** The threshold in milliseconds whose share was tested: the baseline's p90. */
  readonly aboveMs: number | null;
  /** What the rule decided on; null where no hours were read. */
  readonly assessment: LatencyAssessment | null;
  readonly hours: JudgedHours;
  /** When it became slow, in milliseconds since the epoch; null: not clear. */
  readonly breakpoint: number | null;
  /** Why it is not conclusive, or what the verdict rests on, in one sentence. */
  readonly reason: string;
};

/** A finding that is worth an incident. */
export type Bottleneck = Finding & { readonly verdict: "regressed" | "slow" };

export const isBottleneck = (finding: Finding): finding is Bottleneck =>
  finding.verdict === "regressed" || finding.verdict === "slow";
