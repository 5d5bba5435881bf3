import { isBasicExpression } from "@patchpilot/workflow/github-parser";
import { type ExpressionScope, evaluateText, evaluateToken } from "../expression/evaluate.ts";
import type { JobRequest, MatrixCell } from "../job/job-session.ts";
import { runJob } from "../job/run-job.ts";
import { jobScope, neededBy, type StepsJobRequest } from "./job-key-request.ts";
import { addFailedJob, addJobRecord, completeJob, setJobStatus } from "./job-record.ts";
import { nameWithCell } from "./matrix.ts";
import { type ConcurrencySetting, findDeadlock, readConcurrency } from "./read-concurrency.ts";
import type { JobRecord } from "./records.ts";
import { takeTurn } from "./take-turn.ts";

/**
 * Runs one job of a matrix, or the only one: waits for its concurrency group, then runs its steps.
 * @param siblings aborted when another job of the matrix failed and `fail-fast` holds
 */
export async function runMatrixCell(
  request: StepsJobRequest,
  cell: MatrixCell,
  siblings: AbortSignal,
): Promise<JobRecord> {
  const scope = jobScope(request, cell);
  try {
    const group = readConcurrency(request.job.concurrency, scope);
    const record = openRecord(request, cell, scope);
    if (group === undefined) return await runAlone(request, record, cell, [siblings]);
    return await runInGroup(request, record, cell, siblings, group);
  } catch (error) {
    return addFailedJob(request, error as Error);
  }
}

function openRecord(request: StepsJobRequest, cell: MatrixCell, scope: ExpressionScope): JobRecord {
  const { job } = request;
  const name = evaluateText(job.name, scope);
  const labels = [evaluateToken(job.runsOn, scope)].flat().map(String);
  return addJobRecord(request, cell, isBasicExpression(job.name) ? name : nameWithCell(name, cell), labels);
}

async function runInGroup(
  request: StepsJobRequest,
  record: JobRecord,
  cell: MatrixCell,
  siblings: AbortSignal,
  group: ConcurrencySetting,
): Promise<JobRecord> {
  const { plan, heldGroups } = request;
  const deadlock = findDeadlock(group, heldGroups);
  if (deadlock !== undefined) {
    record.annotations.push({ level: "error", message: deadlock });
    return completeJob(request, record, "cancelled");
  }
  const stop = new AbortController();
  const ticket = await takeTurn(plan.groups, group, {
    giveUp: AbortSignal.any([plan.cancellation.signal, siblings]),
    onWait: () => setJobStatus(request, record, "pending"),
    cancel: () => stop.abort(),
  });
  if (ticket === "cancelled") return completeJob(request, record, "cancelled");
  try {
    return await runAlone(request, record, cell, [siblings, stop.signal]);
  } finally {
    ticket?.leave();
  }
}

async function runAlone(
  request: StepsJobRequest,
  record: JobRecord,
  cell: MatrixCell,
  cancels: readonly AbortSignal[],
): Promise<JobRecord> {
  record.startedAt = request.plan.host.now();
  setJobStatus(request, record, "in_progress");
  try {
    await runJob(jobRequest(request, record, cell, cancels));
  } catch (error) {
    record.annotations.push({ level: "error", message: (error as Error).message });
    record.conclusion = "failure";
  }
  return completeJob(request, record, record.conclusion ?? "failure");
}

function jobRequest(
  request: StepsJobRequest,
  record: JobRecord,
  cell: MatrixCell,
  cancels: readonly AbortSignal[],
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
    secrets: plan.secrets,
    permissions: record.permissions,
    signal: AbortSignal.any([plan.cancellation.signal, ...cancels]),
  };
}
