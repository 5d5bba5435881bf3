import type { BuiltInAction } from "../action/built-in-action.ts";
import { evaluateTexts } from "../expression/evaluate.ts";
import { inputVariables } from "./action-inputs.ts";
import type { ActionUse } from "./action-use.ts";
import { childEnvironment } from "./child-environment.ts";
import { writeActionHeader } from "./step-header.ts";
import type { TaskExecution } from "./task.ts";

/**
 * Runs a function in place of an action.
 * @throws Error naming inputs that the function does not declare, and what the function throws
 */
export async function runBuiltIn(
  { session, step, github }: ActionUse,
  action: BuiltInAction,
  execution: TaskExecution,
): Promise<void> {
  const { run, permissions, host } = session.request;
  const given = evaluateTexts(step.with, session.scope(execution.environment, github));
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) {
    throw new Error(`The stand-in for ${step.uses} does not know the input ${unknown.join(", ")}.`);
  }
  const inputs = { ...action.inputs, ...given };
  writeActionHeader(step.uses, inputs, execution);
  execution.log.write(`A stand-in of this runner takes the place of ${step.uses}.`);
  const own = { ...execution.environment, ...inputVariables(inputs) };
  await action.run({
    inputs,
    environment: childEnvironment(session, own, execution.files, github),
    workspace: session.folders.workspace,
    repository: host.repository.fullName,
    sha: run.headSha,
    ref: run.ref,
    runId: run.id,
    runAttempt: run.attempt,
    permissions,
    artifacts: host.artifacts,
    signal: execution.signal,
    log: (line) => execution.log.receive(line),
    setOutput: execution.setOutput,
  });
}
