import { type Permissions, permissionsOfJob, withoutWrites } from "../definition/permissions.ts";
import type { Job, Workflow } from "../definition/workflow.ts";
import {
  evaluateCondition,
  evaluateText,
  evaluateToken,
  type Scope,
  type StatusAnswers,
} from "../expression/evaluate.ts";
import { toDictionary } from "../expression/expression-data.ts";
import { isBasicExpression } from "../github-parser.ts";
import type { JobRequest, MatrixCell, NeededJob, RunContexts } from "../job/job-session.ts";
import { runJob } from "../job/run-job.ts";
import { expandMatrix, nameWithCell } from "./matrix.ts";
import { readConcurrency } from "./read-concurrency.ts";
import type { Conclusion, JobRecord, RunStatus } from "./records.ts";
import { type RunPlan, runScope } from "./run-plan.ts";

/** A job of a workflow file, ready to be decided on: everything that it needs is settled. */
export type JobKeyRequest = {
  readonly plan: RunPlan;
  readonly job: Job;
  readonly github: RunContexts["github"];
  /** The concurrency group that the run itself holds. */
  readonly workflowGroup: string | undefined;
};

const NO_CELL: MatrixCell = { values: {}, index: 0, total: 1, failFast: true };

/** Decides on a job's `if`, expands its matrix and runs every cell. A job that is skipped starts no process. */
export async function runJobKey(request: JobKeyRequest): Promise<NeededJob> {
  const { plan, job } = request;
  const cancelled = plan.cancellation.signal.aborted;
  let cells: readonly MatrixCell[];
  try {
    const scope = jobScope(request);
    if (!evaluateCondition(job.condition.expression, { ...scope, status: statusOf(request) })) {
      const result = cancelled && neededAll(request, "success") ? "cancelled" : "skipped";
      complete(request, addRecord(request, NO_CELL, job.name.toString(), []), result);
      return { result, outputs: {} };
    }
    cells = expandMatrix(job, scope);
  } catch (error) {
    failEarly(request, error as Error);
    return { result: "failure", outputs: {} };
  }
  return runCells(request, cells);
}

async function runCells(request: JobKeyRequest, cells: readonly MatrixCell[]): Promise<NeededJob> {
  const siblings = new AbortController();
  const records = await Promise.all(
    cells.map(async (cell) => {
      const record = await runCell(request, cell, siblings.signal);
      if (record.conclusion === "failure" && cell.failFast) siblings.abort();
      return record;
    }),
  );
  const results = new Set(records.map((record) => record.conclusion));
  const outputs = records.map((record) => Object.entries(record.outputs).filter(([, value]) => value !== ""));
  const result =
    (["failure", "cancelled"] as const).find((conclusion) => results.has(conclusion)) ?? "success";
  return { result, outputs: { ...emptyOutputs(records), ...Object.fromEntries(outputs.flat()) } };
}

function emptyOutputs(records: readonly JobRecord[]): Record<string, string> {
  return Object.fromEntries(
    records.flatMap((record) => Object.keys(record.outputs)).map((name) => [name, ""]),
  );
}

async function runCell(request: JobKeyRequest, cell: MatrixCell, siblings: AbortSignal): Promise<JobRecord> {
  const { plan, job } = request;
  const scope = jobScope(request, cell);
  let record: JobRecord;
  let group: ReturnType<typeof readConcurrency>;
  try {
    const name = evaluateText(job.name, scope);
    const labels = [evaluateToken(job.runsOn, scope)].flat().map(String);
    record = addRecord(request, cell, isBasicExpression(job.name) ? name : nameWithCell(name, cell), labels);
    group = readConcurrency(job.concurrency, scope);
  } catch (error) {
    return failEarly(request, error as Error);
  }
  const stop = new AbortController();
  const signal = AbortSignal.any([plan.cancellation.signal, siblings, stop.signal]);
  if (group !== undefined && group.group.toLowerCase() === request.workflowGroup?.toLowerCase()) {
    const message = `Canceling since a deadlock for concurrency group '${group.group}' was detected between the workflow and this job.`;
    record.annotations.push({ level: "error", message });
    return complete(request, record, "cancelled");
  }
  const ticket = group && plan.groups.enter({ ...group, cancel: () => stop.abort() });
  if (ticket !== undefined) {
    if (ticket.waits) setStatus(request, record, "pending");
    const giveUp = (): void => ticket.leave();
    signal.addEventListener("abort", giveUp, { once: true });
    const turn = await ticket.turn;
    signal.removeEventListener("abort", giveUp);
    if (turn === "cancelled") return complete(request, record, "cancelled");
  }
  try {
    record.startedAt = plan.host.now();
    setStatus(request, record, "in_progress");
    await runJob(jobRequest(request, record, cell, signal));
  } catch (error) {
    record.annotations.push({ level: "error", message: (error as Error).message });
    record.conclusion = "failure";
  } finally {
    ticket?.leave();
  }
  return complete(request, record, record.conclusion ?? "failure");
}

function jobRequest(
  request: JobKeyRequest,
  record: JobRecord,
  cell: MatrixCell,
  signal: AbortSignal,
): JobRequest {
  const { plan, job, github } = request;
  const { host, workflow, event, inputs, vars } = plan;
  return {
    host,
    run: plan.record,
    workflow,
    job,
    record,
    cell,
    runContexts: { github, event, inputs, vars },
    needs: neededBy(request),
    secrets: plan.fromFork ? {} : host.secrets,
    permissions: record.permissions,
    signal,
  };
}

function addRecord(
  request: JobKeyRequest,
  cell: MatrixCell,
  name: string,
  labels: readonly string[],
): JobRecord {
  const { plan, job } = request;
  const record: JobRecord = {
    id: plan.host.nextJobId(),
    key: job.id,
    name,
    matrix: cell.values,
    attempt: plan.record.attempt,
    status: "queued",
    conclusion: undefined,
    labels,
    permissions: permissionsFor(plan, plan.workflow, job),
    outputs: {},
    steps: [],
    annotations: [],
    startedAt: undefined,
    completedAt: undefined,
  };
  plan.record.jobs.push(record);
  setStatus(request, record, "queued");
  return record;
}

function permissionsFor(plan: RunPlan, workflow: Workflow, job: Job): Permissions {
  const granted = permissionsOfJob(job.permissions, workflow.permissions, plan.host.defaultPermissions);
  return plan.fromFork ? withoutWrites(granted) : granted;
}

function failEarly(request: JobKeyRequest, error: Error): JobRecord {
  const record = addRecord(request, NO_CELL, request.job.id, []);
  record.annotations.push({ level: "error", message: error.message });
  return complete(request, record, "failure");
}

function complete(request: JobKeyRequest, record: JobRecord, conclusion: Conclusion): JobRecord {
  record.conclusion = conclusion;
  record.completedAt = request.plan.host.now();
  setStatus(request, record, "completed");
  return record;
}

function setStatus({ plan }: JobKeyRequest, record: JobRecord, status: RunStatus): void {
  record.status = status;
  plan.host.emit({ kind: "job", run: plan.record, job: record });
}

function jobScope(request: JobKeyRequest, cell: MatrixCell = NO_CELL): Scope {
  const { contexts } = runScope(request.plan, request.github);
  const strategy = { "fail-fast": cell.failFast, "job-index": cell.index, "job-total": cell.total };
  return {
    contexts: {
      ...contexts,
      matrix: toDictionary(cell.values),
      needs: toDictionary(neededBy(request)),
      strategy: toDictionary(strategy),
    },
  };
}

function neededBy({ plan, job }: JobKeyRequest): Record<string, NeededJob> {
  return Object.fromEntries(
    job.needs.flatMap((id) => [[id, plan.outcomes.get(id)] as const]).filter(isKnown),
  );
}

function isKnown(entry: readonly [string, NeededJob | undefined]): entry is [string, NeededJob] {
  return entry[1] !== undefined;
}

/** A failure or skip counts for the whole chain of jobs behind it, not only for the next one. */
function statusOf(request: JobKeyRequest): StatusAnswers {
  const cancelled = request.plan.cancellation.signal.aborted;
  return {
    success: !cancelled && neededAll(request, "success"),
    failure: ancestorsOf(request).some((id) => request.plan.outcomes.get(id)?.result === "failure"),
    cancelled,
  };
}

function neededAll(request: JobKeyRequest, result: Conclusion): boolean {
  return ancestorsOf(request).every((id) => request.plan.outcomes.get(id)?.result === result);
}

function ancestorsOf({ plan, job }: JobKeyRequest): readonly string[] {
  const found = new Set<string>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (found.has(id)) continue;
      found.add(id);
      visit(plan.workflow.jobs.find((other) => other.id === id)?.needs ?? []);
    }
  };
  visit(job.needs);
  return [...found];
}
