import { evaluateCondition, evaluateText, evaluateTexts, type Scope } from "../expression/evaluate.ts";
import type { Conclusion, StepRecord } from "../run/records.ts";
import { makeCommandFiles, readCommandFiles } from "./file-command-folder.ts";
import type { JobSession } from "./job-session.ts";
import { StepLog } from "./step-log.ts";
import { type Task, TaskFailure } from "./task.ts";

const MINUTE_MS = 60_000;

/**
 * Runs one task of a job: condition, environment, time limit, file commands, `continue-on-error`. Its result is in the
 * job's record and in the session; it never throws for what a step does.
 * @param forced aborted when a cancelled job's steps have had their time
 */
export async function runTask(session: JobSession, task: Task, forced: AbortSignal): Promise<void> {
  const record = addRecord(session, task);
  const log = openLog(session, record);
  let outcome: Conclusion;
  try {
    const environment = { ...session.environment };
    Object.assign(environment, evaluateTexts(task.env, session.scope(environment, task.github)));
    const scope = (): Scope => session.scope(environment, task.github);
    outcome = evaluateCondition(task.condition, scope())
      ? await execute(session, task, record, log, environment, scope, forced)
      : "skipped";
  } catch (error) {
    log.annotate("error", (error as Error).message);
    outcome = "failure";
  }
  finish(session, task, record, outcome);
}

function addRecord(session: JobSession, task: Task): StepRecord {
  const steps = session.request.record.steps;
  const record: StepRecord = {
    number: steps.length + 1,
    id: task.id,
    name: session.masker.mask(nameOf(session, task)),
    status: "in_progress",
    outcome: undefined,
    conclusion: undefined,
    outputs: {},
    log: [],
    annotations: [],
    summary: "",
  };
  steps.push(record);
  emitStep(session, record);
  return record;
}

function nameOf(session: JobSession, task: Task): string {
  try {
    return task.nameIn(session.scope());
  } catch {
    return task.id ?? "Run"; // The step itself fails on the same expression and says why.
  }
}

function openLog(session: JobSession, record: StepRecord): StepLog {
  const { host, run, record: job } = session.request;
  const onLine = (line: string): void => host.emit({ kind: "log", run, job, step: record, line });
  return new StepLog({ record, masker: session.masker, debug: host.debug, onLine });
}

async function execute(
  session: JobSession,
  task: Task,
  record: StepRecord,
  log: StepLog,
  environment: Readonly<Record<string, string>>,
  scope: () => Scope,
  forced: AbortSignal,
): Promise<Conclusion> {
  const files = await makeCommandFiles(session.folders.temporary);
  const limit = startLimits(session, task, scope, forced);
  const outputs: Record<string, string> = {};
  const setOutput = (name: string, value: string): void => {
    outputs[name] = value;
  };
  let failed = false;
  try {
    await task.execute({ log, environment, files, signal: limit.signal, setOutput });
  } catch (error) {
    failed = true;
    if (!(error instanceof TaskFailure) && limit.end() === undefined)
      log.annotate("error", (error as Error).message);
  }
  const written = await readCommandFiles(files);
  record.outputs = { ...outputs, ...written.outputs };
  record.summary = session.masker.mask(written.summary);
  Object.assign(session.environment, written.environment);
  Object.assign(task.state, written.state);
  session.prependPaths(written.paths);
  for (const complaint of written.complaints) log.annotate("error", complaint);
  for (const error of written.errors) log.annotate("error", error);

  const ended = limit.end();
  if (ended === "timeout") log.annotate("error", `The action '${record.name}' has timed out.`);
  if (ended === "cancelled") log.annotate("error", "The operation was canceled.");
  if (ended !== undefined) return ended === "timeout" ? "failure" : "cancelled";
  return failed || written.errors.length > 0 || log.refusals.length > 0 ? "failure" : "success";
}

type Limits = { readonly signal: AbortSignal; readonly end: () => "timeout" | "cancelled" | undefined };

/**
 * A step is cancelled with its job, unless its condition still holds then (`if: always()`), or ended by its own
 * `timeout-minutes`.
 */
function startLimits(session: JobSession, task: Task, scope: () => Scope, forced: AbortSignal): Limits {
  const controller = new AbortController();
  const { host, signal } = session.request;
  let reason: "timeout" | "cancelled" | undefined;
  const stop = (why: "timeout" | "cancelled"): void => {
    reason ??= why;
    controller.abort();
  };
  const onCancel = (): void => {
    session.cancelled = true;
    if (!evaluateCondition(task.condition, scope())) stop("cancelled");
  };
  const onForce = (): void => stop("cancelled");
  const minutes = task.timeoutMinutes === undefined ? 0 : Number(evaluateText(task.timeoutMinutes, scope()));
  const callOff = minutes > 0 ? host.delay(minutes * MINUTE_MS, () => stop("timeout")) : () => undefined;
  if (!signal.aborted) signal.addEventListener("abort", onCancel, { once: true });
  if (forced.aborted) onForce();
  else forced.addEventListener("abort", onForce, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      callOff();
      signal.removeEventListener("abort", onCancel);
      forced.removeEventListener("abort", onForce);
      return reason;
    },
  };
}

function finish(session: JobSession, task: Task, record: StepRecord, outcome: Conclusion): void {
  record.status = "completed";
  record.outcome = outcome;
  record.conclusion = outcome === "failure" && continuesOnError(session, task) ? "success" : outcome;
  session.finishStep(task.id, { outcome, conclusion: record.conclusion, outputs: record.outputs });
  emitStep(session, record);
}

function continuesOnError(session: JobSession, task: Task): boolean {
  return task.continueOnError !== undefined && evaluateText(task.continueOnError, session.scope()) === "true";
}

function emitStep(session: JobSession, record: StepRecord): void {
  const { host, run, record: job } = session.request;
  host.emit({ kind: "step", run, job, step: record });
}
