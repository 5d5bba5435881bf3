import type { ActionStep } from "@patchpilot/workflow";
import { readActionMetadata } from "../action/action-metadata.ts";
import { evaluateText } from "../expression/evaluate.ts";
import { findAction } from "../host.ts";
import type { ActionUse } from "./action-use.ts";
import type { JobSession } from "./job-session.ts";
import { runBuiltIn } from "./run-built-in.ts";
import { runNodeAction } from "./run-node-action.ts";
import type { JobTask, TaskExecution } from "./task.ts";

/** The tasks of a `uses:` step: `pre` runs before all steps of the job; `post` is registered when main starts. */
export type ActionTasks = { readonly pre: JobTask | undefined; readonly main: JobTask };

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
  if (found === undefined) throw new Error(`Unable to resolve the action ${step.uses}.`);
  const [path = "", ref = ""] = step.uses.split("@");
  const repository = path.split("/").slice(0, 2).join("/");
  const github = { action: contextName, action_ref: ref, action_repository: repository };
  const use: ActionUse = { session, step, github, state: {} };
  const { expression } = step.condition;
  if (typeof found !== "string") {
    return {
      pre: undefined,
      main: makeTask(use, "Run", expression, (execution) => runBuiltIn(use, found, execution)),
    };
  }
  const metadata = await readActionMetadata(found);
  const run = (script: string) => (execution: TaskExecution) =>
    runNodeAction(use, metadata, script, execution);
  const { pre, post } = metadata;
  const postTask = post && makeTask(use, "Post", post.condition, run(post.script));
  return {
    pre: pre && makeTask(use, "Pre", pre.condition, run(pre.script)),
    main: makeTask(use, "Run", expression, async (execution) => {
      if (postTask !== undefined) session.posts.push(postTask);
      await run(metadata.main)(execution);
    }),
  };
}

function makeTask(
  { step, github, state }: ActionUse,
  phase: "Pre" | "Run" | "Post",
  condition: string,
  execute: JobTask["execute"],
): JobTask {
  return {
    id: phase === "Run" ? step.id : undefined,
    nameIn: (scope) => {
      const name = step.name === undefined ? `Run ${step.uses}` : evaluateText(step.name, scope);
      return phase === "Run" ? name : `${phase} ${name}`;
    },
    condition,
    env: step.env,
    continueOnError: step.continueOnError,
    timeoutMinutes: phase === "Run" ? step.timeoutMinutes : undefined,
    github,
    state,
    execute,
  };
}
