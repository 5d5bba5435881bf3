import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WorkflowStep } from "@patchpilot/workflow";
import { entries } from "@patchpilot/workflow";
import { killGroup } from "../contract/child-process.ts";
import { evaluateText, evaluateTexts } from "../expression/evaluate.ts";
import type { Annotation, Conclusion } from "../run/records.ts";
import { actionTasks } from "./action-tasks.ts";
import { type JobFolders, type JobRequest, JobSession } from "./job-session.ts";
import { runTask } from "./run-task.ts";
import { scriptTask } from "./script-task.ts";
import type { JobTask } from "./task.ts";

const MINUTE_MS = 60_000;
/** GitHub's default of `timeout-minutes`. */
const JOB_TIMEOUT_MINUTES = 360;
/** GitHub's default time for the steps that still run in a cancelled job. */
const CANCEL_TIMEOUT_MINUTES = 5;
/** Outputs of a job may hold 1 MB, counted as UTF-16. */
const OUTPUT_LIMIT_BYTES = 1_048_576;

/**
 * Runs one job from its folders to its outputs and writes everything to its record.
 * A job whose time is over counts as cancelled, as on GitHub.
 */
export async function runJob(request: JobRequest): Promise<void> {
  const { host, record, run } = request;
  const root = await host.makeFolder(`${run.id}-${run.attempt}-${record.id}`);
  const token = await host.mintToken({
    permissions: request.permissions,
    actor: run.actor,
    runId: run.id,
    runAttempt: run.attempt,
    job: record.key,
  });
  const timeLimit = new AbortController();
  const limited = { ...request, signal: AbortSignal.any([request.signal, timeLimit.signal]) };
  const session = new JobSession(limited, await makeFolders(root, run.payload), token);
  let callOff = (): void => undefined;
  try {
    callOff = startTimeLimit(session, timeLimit);
    await runTasks(session);
    record.outputs = readOutputs(session);
  } catch (error) {
    session.failed = true;
    annotate(session, "error", (error as Error).message);
  } finally {
    callOff();
    for (const group of session.groups) killGroup(group);
    await host.revokeToken(token);
    await host.removeFolder(root);
  }
  record.conclusion = session.status satisfies Conclusion;
}

async function makeFolders(root: string, payload: unknown): Promise<JobFolders> {
  const [workspace, temporary, home, tools] = ["work", "temp", "home", "tools"].map((name) =>
    join(root, name),
  ) as [string, string, string, string];
  await Promise.all([workspace, temporary, home, tools].map((folder) => mkdir(folder, { recursive: true })));
  const eventFile = join(temporary, "event.json");
  await writeFile(eventFile, JSON.stringify(payload, undefined, 2));
  return { root, workspace, temporary, home, tools, eventFile };
}

function startTimeLimit(session: JobSession, timeLimit: AbortController): () => void {
  const { host, job } = session.request;
  const minutes = Number(evaluateText(job.timeoutMinutes, session.scope())) || JOB_TIMEOUT_MINUTES;
  return host.delay(minutes * MINUTE_MS, () => {
    annotate(session, "error", `The job has exceeded the maximum execution time of ${minutes} minutes.`);
    timeLimit.abort();
  });
}

async function runTasks(session: JobSession): Promise<void> {
  const { host, job, workflow, signal } = session.request;
  session.environment = evaluateTexts(workflow.env, session.scope({}));
  session.environment = { ...session.environment, ...evaluateTexts(job.env, session.scope()) };
  const forced = new AbortController();
  let callOff = (): void => undefined;
  const onCancel = (): void => {
    session.cancelled = true;
    callOff = host.delay(CANCEL_TIMEOUT_MINUTES * MINUTE_MS, () => forced.abort());
  };
  if (signal.aborted) onCancel();
  else signal.addEventListener("abort", onCancel, { once: true });
  try {
    const { pres, mains } = await planTasks(session);
    for (const task of [...pres, ...mains]) await runTask(session, task, forced.signal);
    for (let post = session.posts.pop(); post !== undefined; post = session.posts.pop()) {
      await runTask(session, post, forced.signal);
    }
  } finally {
    callOff();
  }
}

async function planTasks(session: JobSession): Promise<{ pres: JobTask[]; mains: JobTask[] }> {
  const pres: JobTask[] = [];
  const mains: JobTask[] = [];
  for (const [at, step] of session.request.job.steps.entries()) {
    const contextName = makeContextName(session.request.job.steps, at);
    if (step.kind === "script") {
      mains.push(scriptTask(session, step, contextName));
      continue;
    }
    const { pre, main } = await actionTasks(session, step, contextName);
    if (pre !== undefined) pres.push(pre);
    mains.push(main);
  }
  return { pres, mains };
}

/** GITHUB_ACTION of a step: its id, else `__run`, `__run_2`, `__owner_repository` as GitHub numbers them. */
function makeContextName(steps: readonly WorkflowStep[], at: number): string {
  const base = (step: WorkflowStep | undefined): string => {
    if (step === undefined || step.kind === "script") return "__run";
    return `__${step.uses.split("@")[0]?.split("/").slice(0, 2).join("_") ?? ""}`;
  };
  const step = steps[at];
  if (step?.id !== undefined) return step.id;
  const before = steps
    .slice(0, at)
    .filter((other) => other.id === undefined && base(other) === base(step)).length;
  return before === 0 ? base(step) : `${base(step)}_${before + 1}`;
}

/** Outputs that hold a secret are withheld from other jobs, with a warning, as GitHub's runner does. */
function readOutputs(session: JobSession): Record<string, string> {
  const { job } = session.request;
  const outputs = evaluateTexts(job.outputs, session.scope());
  for (const [name] of entries(job.outputs)) {
    if (session.masker.finds(outputs[name] ?? "")) {
      delete outputs[name];
      annotate(session, "warning", `Skip output '${name}' since it may contain secret.`);
    }
  }
  const bytes = Object.values(outputs).reduce((sum, value) => sum + 2 * value.length, 0);
  if (bytes > OUTPUT_LIMIT_BYTES) {
    throw new Error(
      `The outputs of the job ${job.id} have ${bytes} bytes as UTF-16; ${OUTPUT_LIMIT_BYTES} are allowed.`,
    );
  }
  return outputs;
}

function annotate(session: JobSession, level: Annotation["level"], message: string): void {
  session.request.record.annotations.push({ level, message: session.masker.mask(message) });
}
