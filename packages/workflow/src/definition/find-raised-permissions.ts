import { permissionsOfJob, type WorkflowPermissions } from "./permissions.ts";
import type { ProblemReport } from "./problem.ts";
import type { Workflow } from "./workflow.ts";

/**
 * Reports jobs of called workflows that ask for more than the job that calls them has. GitHub does not start such a
 * workflow: permissions may be kept or lowered on the way down, never raised.
 * @param repositoryDefault what tokens may do where a workflow names no permissions
 */
export function findRaisedPermissions(
  workflow: Workflow,
  repositoryDefault: WorkflowPermissions,
  report: ProblemReport,
): void {
  if (isOnlyCalled(workflow)) return;
  for (const job of workflow.jobs) {
    if (job.kind !== "call" || job.called === undefined) continue;
    const allowed = permissionsOfJob(job.permissions, workflow.permissions, repositoryDefault);
    for (const message of raisedIn(job.called, allowed, job.uses)) report({ key: `jobs.${job.id}`, message });
  }
}

/** Its limits are then those of its callers. */
const isOnlyCalled = ({ events, call }: Workflow): boolean =>
  call !== undefined && Object.keys(events).every((event) => event === "workflow_call");

function raisedIn(workflow: Workflow, allowed: WorkflowPermissions, uses: string): string[] {
  return workflow.jobs.flatMap((job) => {
    const requested = permissionsOfJob(job.permissions, workflow.permissions, allowed);
    const raised = Object.entries(requested).filter(
      ([scope, level]) => allowed[scope] !== "write" && allowed[scope] !== level,
    );
    const messages = raised.map(
      ([scope, level]) =>
        `Error calling workflow '${uses}'. The nested job '${job.id}' is requesting '${scope}: ${level}', but is only allowed '${scope}: ${allowed[scope] ?? "none"}'.`,
    );
    const below =
      job.kind === "call" && job.called !== undefined ? raisedIn(job.called, requested, job.uses) : [];
    return [...messages, ...below];
  });
}
