import type { ActionMetadata } from "../action/action-metadata.ts";
import { evaluateTexts } from "../expression/evaluate.ts";
import { inputVariables, mergeInputs } from "./action-inputs.ts";
import type { ActionUse } from "./action-use.ts";
import { runStepProcess } from "./run-step-process.ts";
import { writeActionHeader } from "./step-header.ts";
import { type TaskExecution, TaskFailure } from "./task.ts";

/**
 * Runs one script of a node24 action as a process of its own.
 * @throws TaskFailure where it ends with another exit code than 0
 */
export async function runNodeAction(
  use: ActionUse,
  metadata: ActionMetadata,
  script: string,
  execution: TaskExecution,
): Promise<void> {
  const { session, step, github } = use;
  const scope = session.scope(execution.environment, github);
  const inputs = mergeInputs(metadata.inputs, evaluateTexts(step.with, scope), scope, execution.log);
  writeActionHeader(step.uses, inputs, execution);
  const state = Object.entries(use.state).map(([name, value]) => [`STATE_${name}`, value]);
  const own = { ...execution.environment, ...inputVariables(inputs), ...Object.fromEntries(state) };
  const acting = { ...execution, environment: own };
  const end = await runStepProcess(session, github, acting, {
    command: session.request.host.node,
    arguments: [script],
    directory: session.folders.workspace,
  });
  if (end.exitCode !== 0) throw new TaskFailure(`${step.uses} ended with exit code ${end.exitCode}.`);
}
