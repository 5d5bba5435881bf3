import { callableWorkflows } from "./callable-workflows.ts";
import { RESTRICTED_DEFAULT } from "./permissions.ts";
import type { Problem } from "./problem.ts";
import { readWorkflow } from "./read-workflow.ts";

/**
 * The static check: errors of GitHub's own parser, then keywords that this runner does not run, then expressions that
 * name a step, job, input or output which is not there.
 * @param calledWorkflows texts of workflows that this one may call, as in the runner's option; what is passed to others
 *   is not checked
 * @returns an empty list for a workflow that can be run
 */
export async function checkWorkflow(
  text: string,
  file = "workflow.yml",
  calledWorkflows: Readonly<Record<string, string>> = {},
): Promise<readonly Problem[]> {
  const callable = callableWorkflows({ [file]: text }, calledWorkflows);
  return (await readWorkflow(file, text, { callable, defaultPermissions: RESTRICTED_DEFAULT })).problems;
}
