import type { Problem } from "./problem.ts";
import { readWorkflow } from "./read-workflow.ts";

/**
 * The static check: errors of GitHub's own parser, then keywords that this runner does not run, then expressions that
 * name a step, job, input or output which is not there.
 * @returns an empty list for a workflow that can be run
 */
export async function checkWorkflow(text: string, file = "workflow.yml"): Promise<readonly Problem[]> {
  return (await readWorkflow(file, text)).problems;
}
