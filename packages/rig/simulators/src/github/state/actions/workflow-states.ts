import type { WorkflowRecord, WorkflowState, WorkflowStateRecord } from "../records.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";

type Place = Pick<WriteScope, "world" | "repository">;

/** What the workflow of a path is; active since the repository was made where nobody has changed it. */
export function workflowState(repository: Repository, path: string, version?: number): WorkflowStateRecord {
  return repository.workflowStates.get(path, version) ?? { state: "active", updatedAt: repository.createdAt };
}

/** Puts a workflow into a state, by its path. One that is in it already keeps its instant. */
export function setWorkflowState({ world, repository }: Place, path: string, state: WorkflowState): void {
  if (workflowState(repository, path).state === state) return;
  repository.workflowStates.set(path, { state, updatedAt: world.now() });
}

/**
 * Switches a workflow on that anyone or GitHub switched off. `gh workflow enable` offers that for `disabled_manually` and
 * `disabled_inactivity`; not documented: that it lifts `disabled_fork`, and that an active one stays as it is.
 */
export function enableWorkflow(place: Place, { path, state }: WorkflowRecord): void {
  if (state !== "deleted") setWorkflowState(place, path, "active");
}

/** Switches a workflow off by hand. Not documented: that one which is off already, for any reason, stays as it is. */
export function disableWorkflow(place: Place, { path, state }: WorkflowRecord): void {
  if (state === "active") setWorkflowState(place, path, "disabled_manually");
}
