import { channel } from "node:diagnostics_channel";
import {
  type ExpressionScope,
  evaluateCondition,
  evaluateText,
  evaluateTexts,
} from "../expression/evaluate.ts";
import type { Conclusion, StepRecord } from "../run/records.ts";
import { type FileCommandResult, makeCommandFiles, readCommandFiles } from "./file-command-folder.ts";
import type { JobSession } from "./job-session.ts";
import { type StepLimits, watchLimits } from "./step-limits.ts";
import { StepLog } from "./step-log.ts";
import { type JobTask, TaskFailure } from "./task.ts";

/** A task that is being run, with its place in the job's record. */
type RunningTask = {
  readonly session: JobSession;
  readonly task: JobTask;
  readonly record: StepRecord;
  readonly log: StepLog;
};

/**
 * Runs one task of a job: condition, environment, time limit, file commands, `continue-on-error`. Its result is in the
 * job's record and in the session; it never throws for what a step does.
 * @param forced aborted when a cancelled job's steps have had their time
 */
export async function runTask(session: JobSession, task: JobTask, forced: AbortSignal): Promise<void> {
  const running = begin(session, task);
  let outcome: Conclusion;
  try {
    const environment = { ...session.environment };
    Object.assign(environment, evaluateTexts(task.env, session.scope(environment, task.github)));
    const scope = (): ExpressionScope => session.scope(environment, task.github);
    const holds = evaluateCondition(task.condition, scope());
    outcome = holds
      ? await execute(running, environment, watchLimits(session, task, scope, forced))
      : "skipped";
  } catch (error) {
    running.log.annotate("error", (error as Error).message);
    outcome = "failure";
  }
  finish(running, outcome);
}

function begin(session: JobSession, task: JobTask): RunningTask {
  const { host, run, record: job } = session.request;
  const record: StepRecord = {
    number: job.steps.length + 1,
    id: task.id,
    name: session.masker.mask(readName(session, task)),
    status: "in_progress",
    outcome: undefined,
    conclusion: undefined,
    outputs: {},
    log: [],
    annotations: [],
    summary: "",
  };
  job.steps.push(record);
  emitStep(session, record);
  const onLine = (line: string): void => host.emit({ kind: "log", run, job, step: record, line });
  const log = new StepLog({ record, masker: session.masker, onLine });
  return { session, task, record, log };
}

function readName(session: JobSession, task: JobTask): string {
  try {
    return task.nameIn(session.scope());
  } catch {
    return task.id ?? "Run"; // The step itself fails on the same expression and says why.
  }
}

async function execute(
  running: RunningTask,
  environment: Readonly<Record<string, string>>,
  limits: StepLimits,
): Promise<Conclusion> {
  const { session, task, record, log } = running;
  const outputs: Record<string, string> = {};
  const setOutput = (name: string, value: string): void => {
    outputs[name] = value;
  };
  const files = await makeCommandFiles(session.folders.temporary);
  let failed = false;
  try {
    await task.execute({ log, environment, files, signal: limits.signal, setOutput });
  } catch (error) {
    failed = true;
    const isSaid = error instanceof TaskFailure || limits.ended() !== undefined;
    if (!isSaid) log.annotate("error", (error as Error).message);
  } finally {
    limits.release();
  }
  const written = await readCommandFiles(files);
  record.outputs = { ...outputs, ...written.outputs };
  takeOver(running, written);
  if (limits.ended() === "timeout") log.annotate("error", `The action '${record.name}' has timed out.`);
  if (limits.ended() === "cancelled") log.annotate("error", "The operation was canceled.");
  if (limits.ended() !== undefined) return limits.ended() === "timeout" ? "failure" : "cancelled";
  return failed || written.errors.length > 0 || log.refusals.length > 0 ? "failure" : "success";
}

/** What a step wrote for the steps after it. */
function takeOver({ session, task, record, log }: RunningTask, written: FileCommandResult): void {
  record.summary = session.masker.mask(written.summary);
  Object.assign(session.environment, written.environment);
  Object.assign(task.state, written.state);
  session.prependPaths(written.paths);
  for (const message of [...written.complaints, ...written.errors]) log.annotate("error", message);
}

/** Whoever subscribes hears of the record of every step that has ended. */
const steps = channel("patchpilot.step");

function finish({ session, task, record }: RunningTask, outcome: Conclusion): void {
  record.status = "completed";
  record.outcome = outcome;
  record.conclusion = outcome === "failure" && continuesOnError(session, task) ? "success" : outcome;
  session.finishStep(task.id, { outcome, conclusion: record.conclusion, outputs: record.outputs });
  emitStep(session, record);
  steps.publish(record);
}

function continuesOnError(session: JobSession, task: JobTask): boolean {
  return task.continueOnError !== undefined && evaluateText(task.continueOnError, session.scope()) === "true";
}

function emitStep(session: JobSession, record: StepRecord): void {
  const { host, run, record: job } = session.request;
  host.emit({ kind: "step", run, job, step: record });
}
