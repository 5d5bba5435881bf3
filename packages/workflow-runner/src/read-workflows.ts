import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, WorkflowProblemsError } from "./definition/problem.ts";
import { readWorkflow } from "./definition/read-workflow.ts";
import type { Workflow } from "./definition/workflow.ts";
import { findAction, type Host } from "./host.ts";

/**
 * Reads all workflows, from a folder or from texts.
 * @throws WorkflowProblemsError that lists every problem of every file, also actions that nothing stands for
 */
export async function readWorkflows(
  source: string | Readonly<Record<string, string>>,
  host: Pick<Host, "actions">,
): Promise<readonly Workflow[]> {
  const texts = typeof source === "string" ? await readFolder(source) : Object.entries(source);
  const readings = await Promise.all(texts.map(([file, text]) => readWorkflow(file, text)));
  const workflows = readings.flatMap((reading) => reading.workflow ?? []);
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...workflows.flatMap((workflow) => findUnknownActions(workflow, host)),
  ];
  if (problems.length > 0) throw new WorkflowProblemsError(problems);
  return workflows;
}

async function readFolder(folder: string): Promise<[string, string][]> {
  const files = (await readdir(folder)).filter((file) => /\.ya?ml$/.test(file)).sort();
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(join(folder, file), "utf8")]),
  );
}

function findUnknownActions(workflow: Workflow, host: Pick<Host, "actions">): Problem[] {
  return workflow.jobs.flatMap((job) =>
    job.steps.flatMap((step, at) => {
      if (step.kind === "script" || findAction(host, step.uses) !== undefined) return [];
      const message = `nothing stands for the action ${step.uses}: give the runner a folder or a stand-in for it.`;
      return [{ file: workflow.file, job: job.id, key: `jobs.${job.id}.steps[${at}].uses`, message }];
    }),
  );
}
