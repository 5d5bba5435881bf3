import type { SuspectCommit, SuspectFile } from "@patchpilot/evidence";
import type { EndpointRegression, OperationTiming, SpanOperation } from "@patchpilot/sentry";
import type { JudgedHours, LatencyAssessment } from "@patchpilot/verdict";

/** What Sentry tells of operations, in the shapes of its client. Texts are Sentry's, exact and hostile. */
export type {
  EndpointRegression,
  ExceedingHours,
  OperationHours,
  OperationTable,
  OperationTiming,
  SpanOperation,
  TimedOperation,
} from "@patchpilot/sentry";

/** From (inclusive) to (exclusive), both whole hours in UTC. */
export type HourSpan = { readonly from: Date; readonly to: Date };

/** A release of the environment, as Sentry knows it. */
export type DatedRelease = {
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

/** What came between two commits. */
export type ReleaseChanges = {
  /** Oldest first, at most 250; headlines are hostile text. */
  readonly commits: readonly { readonly sha: string; readonly date: string; readonly headline: string }[];
  /** Files that differ, at most 300. */
  readonly files: readonly string[];
};

/** An operation that may be slow, before it is judged. */
export type SuspectOperation = {
  readonly key: string;
  readonly operation: SpanOperation;
  /** Null where only Sentry's own regression names it. */
  readonly now: OperationTiming | null;
  /** Null where it had no spans in the baseline, or was not among those that were read. */
  readonly before: OperationTiming | null;
  readonly regression: EndpointRegression | null;
};

/** An operation with the verdict on it. */
export type JudgedOperation = SuspectOperation & {
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
export type Bottleneck = JudgedOperation & { readonly verdict: "regressed" | "slow" };

export const isBottleneck = (finding: JudgedOperation): finding is Bottleneck =>
  finding.verdict === "regressed" || finding.verdict === "slow";

/** The release that came with a breakpoint, and the one before it. */
export type ReleaseNear = { readonly release: DatedRelease; readonly previous: DatedRelease | null };

/** What releases and the repository say about one bottleneck. */
export type Clues = {
  readonly near: ReleaseNear | null;
  readonly suspects: readonly SuspectFile[];
  readonly commits: readonly SuspectCommit[];
  /** What could not be looked at, one sentence each. */
  readonly gaps: readonly string[];
};
