import type { WorkflowPermissions } from "@patchpilot/workflow";
import type { ArtifactStore } from "../built-in/artifact-store.ts";

/** What an action that is a function of this process gets instead of a process of its own. */
export type BuiltInStep = {
  /** Every declared input, by the name under which it was declared; "" where it has neither value nor default. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The environment that the action's process would have had. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the job's workspace. */
  readonly workspace: string;
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly permissions: WorkflowPermissions;
  readonly artifacts: ArtifactStore;
  /** Aborted when the step is cancelled or times out. */
  readonly signal: AbortSignal;
  /** Writes a line to the step's log; workflow commands in it are obeyed. */
  readonly log: (line: string) => void;
  readonly setOutput: (name: string, value: string) => void;
};

/**
 * A function in place of a published action. The log calls it a stand-in. An input that is not declared here is an
 * error by name, so that a workflow cannot ask for what the stand-in does not do.
 */
export type BuiltInAction = {
  /** Input names and their defaults. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Throws an Error to fail the step. */
  readonly run: (step: BuiltInStep) => Promise<void>;
};
