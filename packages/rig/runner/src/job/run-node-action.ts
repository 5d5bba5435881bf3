import type { ActionMetadata } from "../action/action-metadata.ts";
import { runJobProcess } from "../contract/child-process.ts";
import { evaluateTexts } from "../expression/evaluate.ts";
import { inputVariables, mergeInputs } from "./action-inputs.ts";
import type { ActionUse } from "./action-use.ts";
import { childEnvironment } from "./child-environment.ts";
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
  const { host } = session.request;
  const scope = session.scope(execution.environment, github);
  const inputs = mergeInputs(metadata.inputs, evaluateTexts(step.with, scope), scope, execution.log);
  writeActionHeader(step.uses, inputs, execution);
  const state = Object.entries(use.state).map(([name, value]) => [`STATE_${name}`, value]);
  const own = { ...execution.environment, ...inputVariables(inputs), ...Object.fromEntries(state) };
  const end = await runJobProcess({
    command: host.node,
    arguments: [script],
    directory: session.folders.workspace,
    environment: childEnvironment(session, own, execution.files, github),
    signal: execution.signal,
    groups: session.groups,
    grace: host.grace,
    delay: host.delay,
    onLine: (line) => execution.log.receive(line),
  });
  if (end.exitCode !== 0) throw new TaskFailure(`${step.uses} ended with exit code ${end.exitCode}.`);
}
