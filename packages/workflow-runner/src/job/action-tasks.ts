import { type ActionMetadata, readActionMetadata } from "../action/action-metadata.ts";
import type { BuiltInAction } from "../action/built-in-action.ts";
import { runProcess } from "../contract/child-process.ts";
import type { ActionStep } from "../definition/workflow.ts";
import { evaluateText, evaluateTexts } from "../expression/evaluate.ts";
import { findAction } from "../host.ts";
import { inputVariables, mergeInputs } from "./action-inputs.ts";
import { childEnvironment } from "./child-environment.ts";
import type { JobSession } from "./job-session.ts";
import { writeEnvironment } from "./script-task.ts";
import { type Task, type TaskExecution, TaskFailure } from "./task.ts";

/** The tasks of a `uses:` step: `pre` runs before all steps of the job; `post` is registered when main starts. */
export type ActionTasks = { readonly pre: Task | undefined; readonly main: Task };

/**
 * Resolves a `uses:` and makes its tasks.
 * @throws Error naming the action, where nothing stands for it or its action.yml is wrong
 */
export async function actionTasks(
  session: JobSession,
  step: ActionStep,
  contextName: string,
): Promise<ActionTasks> {
  const found = findAction(session.request.host, step.uses);
  if (found === undefined) {
    throw new Error(
      `Unable to resolve the action ${step.uses}: give the runner a folder or a stand-in for it.`,
    );
  }
  const [repository = "", ref = ""] = step.uses.split("@");
  const github = {
    action: contextName,
    action_ref: ref,
    action_repository: repository.split("/").slice(0, 2).join("/"),
  };
  const task = taskMaker(step, github);
  if (typeof found !== "string") {
    return {
      pre: undefined,
      main: task("Run", step.condition.expression, (execution) =>
        runBuiltIn(session, step, found, github, execution),
      ),
    };
  }
  const metadata = await readActionMetadata(found);
  const run = (script: string) => (execution: TaskExecution) =>
    runNodeAction(session, step, metadata, script, task.shared, execution);
  const { pre, post } = metadata;
  const postTask = post && task("Post", post.condition, run(post.script));
  return {
    pre: pre && task("Pre", pre.condition, run(pre.script)),
    main: task("Run", step.condition.expression, async (execution) => {
      if (postTask !== undefined) session.posts.push(postTask);
      await run(metadata.main)(execution);
    }),
  };
}

type SharedByTasks = { readonly github: Record<string, string>; readonly state: Record<string, string> };

type TaskMaker = ((phase: "Pre" | "Run" | "Post", condition: string, execute: Task["execute"]) => Task) & {
  readonly shared: SharedByTasks;
};

/** Tasks of one step share its environment and the state that they save for each other. */
function taskMaker(step: ActionStep, github: Record<string, string>): TaskMaker {
  const shared = { github, state: {} };
  const make = (phase: "Pre" | "Run" | "Post", condition: string, execute: Task["execute"]): Task => ({
    id: phase === "Run" ? step.id : undefined,
    nameIn: (scope) => {
      const name = step.name === undefined ? `Run ${step.uses}` : evaluateText(step.name, scope);
      return phase === "Run" ? name : `${phase} ${name}`;
    },
    condition,
    env: step.env,
    continueOnError: step.continueOnError,
    timeoutMinutes: phase === "Run" ? step.timeoutMinutes : undefined,
    ...shared,
    execute,
  });
  return Object.assign(make, { shared });
}

async function runNodeAction(
  session: JobSession,
  step: ActionStep,
  metadata: ActionMetadata,
  script: string,
  shared: SharedByTasks,
  execution: TaskExecution,
): Promise<void> {
  const { host } = session.request;
  const scope = session.scope(execution.environment, shared.github);
  const inputs = mergeInputs(metadata.inputs, evaluateTexts(step.with, scope), scope, execution.log);
  writeHeader(step, inputs, execution);
  const state = Object.entries(shared.state).map(([name, value]) => [`STATE_${name}`, value]);
  const own = { ...execution.environment, ...inputVariables(inputs), ...Object.fromEntries(state) };
  const end = await runProcess({
    command: host.node,
    arguments: [script],
    directory: session.folders.workspace,
    environment: childEnvironment(session, own, execution.files, shared.github),
    signal: execution.signal,
    groups: session.groups,
    grace: host.grace,
    delay: host.delay,
    onLine: (line) => execution.log.receive(line),
  });
  if (end.exitCode !== 0) throw new TaskFailure(`${step.uses} ended with exit code ${end.exitCode}.`);
}

async function runBuiltIn(
  session: JobSession,
  step: ActionStep,
  action: BuiltInAction,
  github: Record<string, string>,
  execution: TaskExecution,
): Promise<void> {
  const { run, permissions, host } = session.request;
  const given = evaluateTexts(step.with, session.scope(execution.environment, github));
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) {
    throw new Error(`The stand-in for ${step.uses} does not know the input ${unknown.join(", ")}.`);
  }
  const inputs = { ...action.inputs, ...given };
  writeHeader(step, inputs, execution);
  execution.log.write(`A stand-in of this runner takes the place of ${step.uses}.`);
  const own = { ...execution.environment, ...inputVariables(inputs) };
  await action.run({
    inputs,
    environment: childEnvironment(session, own, execution.files, github),
    workspace: session.folders.workspace,
    temporary: session.folders.temporary,
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

function writeHeader(
  step: ActionStep,
  inputs: Readonly<Record<string, string>>,
  execution: TaskExecution,
): void {
  execution.log.write(`##[group]Run ${step.uses}`);
  const shown = Object.entries(inputs).filter(([, value]) => value !== "");
  if (shown.length > 0) execution.log.write("with:");
  for (const [name, value] of shown) execution.log.write(`  ${name}: ${value}`);
  writeEnvironment(execution);
  execution.log.write("##[endgroup]");
}
