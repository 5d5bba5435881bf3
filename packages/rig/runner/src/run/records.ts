import type { WorkflowPermissions } from "@patchpilot/workflow";
import type { Json } from "../expression/expression-data.ts";

export type RunStatus = "queued" | "pending" | "in_progress" | "completed";
export type Conclusion = "success" | "failure" | "cancelled" | "skipped";

/** A warning, notice or error that a step raised, already masked. */
export type Annotation = {
  readonly level: "notice" | "warning" | "error";
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
};

/** One step of a job, as far as it has come. */
export type StepRecord = {
  readonly number: number;
  /** The id of the workflow file, if it has one. */
  readonly id: string | undefined;
  readonly name: string;
  status: "queued" | "in_progress" | "completed";
  /** What happened, before `continue-on-error`. */
  outcome: Conclusion | undefined;
  /** What counts, after `continue-on-error`. */
  conclusion: Conclusion | undefined;
  outputs: Readonly<Record<string, string>>;
  /** Masked lines. */
  readonly log: string[];
  readonly annotations: Annotation[];
  /** Markdown that the step wrote to GITHUB_STEP_SUMMARY, masked. */
  summary: string;
};

/** One job of a run attempt; a matrix makes several of one key. */
export type JobRecord = {
  readonly id: number;
  /** The job's key in the workflow file: `work`, or `repair/work` in a workflow that the job `repair` calls. */
  readonly key: string;
  /** What GitHub lists: `repair / work` for a job of a called workflow. */
  readonly name: string;
  readonly matrix: Readonly<Record<string, Json>>;
  /** The attempt that ran it: lower than the run's for a job that "re-run failed jobs" kept. */
  readonly attempt: number;
  status: RunStatus;
  conclusion: Conclusion | undefined;
  readonly labels: readonly string[];
  permissions: WorkflowPermissions;
  outputs: Readonly<Record<string, string>>;
  readonly steps: StepRecord[];
  readonly annotations: Annotation[];
  /** Milliseconds since the epoch, by the runner's clock. */
  startedAt: number | undefined;
  completedAt: number | undefined;
};

/** One run of a workflow. The object stays the same while the run goes on; read it as it is now. */
export type RunRecord = {
  readonly id: number;
  /** Counts the runs of this workflow, from 1. */
  readonly number: number;
  attempt: number;
  /** The file's name in `.github/workflows`. */
  readonly workflow: { readonly file: string; readonly name: string };
  /** What GitHub lists as `display_title`: the evaluated `run-name`, or the event's title. */
  readonly title: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly actor: string;
  triggeringActor: string;
  readonly headSha: string;
  readonly ref: string;
  status: RunStatus;
  conclusion: Conclusion | undefined;
  /** Why the run failed before its jobs: an expression of the workflow itself could not be evaluated. */
  startupError: string | undefined;
  jobs: JobRecord[];
  readonly createdAt: number;
  startedAt: number | undefined;
  completedAt: number | undefined;
};

/** What a listener is told, in the order in which it happens. */
export type RunnerEvent =
  | { readonly kind: "run"; readonly run: RunRecord }
  | { readonly kind: "job"; readonly run: RunRecord; readonly job: JobRecord }
  | { readonly kind: "step"; readonly run: RunRecord; readonly job: JobRecord; readonly step: StepRecord }
  | {
      readonly kind: "log";
      readonly run: RunRecord;
      readonly job: JobRecord;
      readonly step: StepRecord;
      readonly line: string;
    };
