import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ScriptStep } from "@patchpilot/workflow";
import { child } from "@patchpilot/workflow";
import type { TemplateToken } from "@patchpilot/workflow/github-parser";
import { evaluateText } from "../expression/evaluate.ts";
import type { JobSession } from "./job-session.ts";
import { runStepProcess } from "./run-step-process.ts";
import { firstLine, writeScriptHeader } from "./step-header.ts";
import type { JobTask, TaskExecution } from "./task.ts";

/**
 * GitHub's command lines for its shells; without `shell:` it is bash with `-e` alone.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
const SHELL_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  "": ["bash", "-e"],
  bash: ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"],
  sh: ["sh", "-e"],
};

/** The task of a `run:` step. */
export function scriptTask(session: JobSession, step: ScriptStep, contextName: string): JobTask {
  const github = { action: contextName };
  return {
    id: step.id,
    nameIn: (scope) =>
      step.name ? evaluateText(step.name, scope) : `Run ${firstLine(evaluateText(step.run, scope))}`,
    condition: step.condition.expression,
    env: step.env,
    continueOnError: step.continueOnError,
    timeoutMinutes: step.timeoutMinutes,
    github,
    state: {},
    execute: (execution) => runScript(session, step, github, execution),
  };
}

async function runScript(
  session: JobSession,
  step: ScriptStep,
  github: Readonly<Record<string, string>>,
  execution: TaskExecution,
): Promise<void> {
  const scope = session.scope(execution.environment, github);
  const shell = evaluateText(step.shell ?? runDefault(session, "shell"), scope);
  const directory = evaluateText(step.workingDirectory ?? runDefault(session, "working-directory"), scope);
  const [command, ...options] = SHELL_ARGUMENTS[shell] ?? [];
  if (command === undefined) throw new Error(`this runner does not run the shell \`${shell}\`.`);
  const script = evaluateText(step.run, scope);
  const file = join(session.folders.temporary, `${randomUUID()}.sh`);
  await writeFile(file, `${script}\n`, { mode: 0o755 });

  writeScriptHeader(script, [command, ...options].join(" "), execution);
  const end = await runStepProcess(session, github, execution, {
    command,
    arguments: [...options, file],
    directory: resolve(session.folders.workspace, directory),
  });
  if (end.exitCode !== 0) throw new Error(`Process completed with exit code ${end.exitCode}.`);
}

function runDefault(session: JobSession, key: string): TemplateToken | undefined {
  const { job, workflow } = session.request;
  return child(job.runDefaults, key) ?? child(workflow.runDefaults, key);
}
