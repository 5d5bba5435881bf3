import type { TemplateToken } from "@patchpilot/workflow/github-parser";
import type { ExpressionScope } from "../expression/evaluate.ts";
import type { CommandFiles } from "./file-command-folder.ts";
import type { StepLog } from "./step-log.ts";

/** What a task is executed with. */
export type TaskExecution = {
  readonly log: StepLog;
  /** The job's environment with the step's own `env` on top. */
  readonly environment: Readonly<Record<string, string>>;
  readonly files: CommandFiles;
  /** Aborted when the step is cancelled or its time is over. */
  readonly signal: AbortSignal;
  readonly setOutput: (name: string, value: string) => void;
};

/** One thing that a job does: a step of the workflow, or the `pre` or `post` of an action. */
export type JobTask = {
  readonly id: string | undefined;
  /** The name that lists show; what it is evaluated from may be wrong, so it may throw. */
  readonly nameIn: (scope: ExpressionScope) => string;
  /** An expression without `${{ }}`. */
  readonly condition: string;
  readonly env: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
  /** Properties of the github context that only this task has: action, action_ref, action_repository. */
  readonly github: Record<string, string>;
  /** Values that an action saves for its later tasks. */
  readonly state: Record<string, string>;
  /** @throws Error to fail the step; `TaskFailure` where the reason is in the log already */
  readonly execute: (execution: TaskExecution) => Promise<void>;
};

/** A task failed and its process has said why. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";
}
