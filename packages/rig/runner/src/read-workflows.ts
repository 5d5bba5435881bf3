import type { Workflow } from "@patchpilot/workflow";
import {
  callableWorkflows,
  describeProblem,
  type Problem,
  RESTRICTED_DEFAULT,
  readWorkflow,
  WorkflowProblemsError,
} from "@patchpilot/workflow";
import { findAction } from "./host.ts";
import type { RunnerOptions } from "./runner-options.ts";

type ReadOptions = Pick<RunnerOptions, "workflows" | "calledWorkflows" | "actions">;

/**
 * Reads all workflows.
 * @throws WorkflowProblemsError that lists every problem of every file, also actions and called workflows that nothing
 *   stands for
 */
export async function readWorkflows(options: ReadOptions): Promise<readonly Workflow[]> {
  const texts = Object.entries(options.workflows);
  const surroundings = {
    callable: callableWorkflows(options.workflows, options.calledWorkflows ?? {}),
    defaultPermissions: RESTRICTED_DEFAULT,
  };
  const readings = await Promise.all(texts.map(([file, text]) => readWorkflow(file, text, surroundings)));
  const workflows = readings.flatMap((reading) => reading.workflow ?? []);
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...workflows.flatMap((workflow) => findUnknown(workflow, options)),
  ];
  if (problems.length > 0) throw new WorkflowProblemsError(withoutRepetition(problems));
  return workflows;
}

/** A workflow that several others call is read for each of them. */
function withoutRepetition(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [describeProblem(problem), problem])).values()];
}

function findUnknown(workflow: Workflow, host: Pick<RunnerOptions, "actions">): Problem[] {
  return workflow.jobs.flatMap((job) => {
    if (job.kind === "call") {
      if (job.called !== undefined) return findUnknown(job.called, host);
      const message = `nothing stands for the workflow ${job.uses}: give the runner its text.`;
      return [{ file: workflow.file, job: job.id, key: `jobs.${job.id}.uses`, message }];
    }
    return job.steps.flatMap((step, at) => {
      if (step.kind === "script" || findAction(host, step.uses) !== undefined) return [];
      const message = `nothing stands for the action ${step.uses}: give the runner a folder or a stand-in for it.`;
      return [{ file: workflow.file, job: job.id, key: `jobs.${job.id}.steps[${at}].uses`, message }];
    });
  });
}
