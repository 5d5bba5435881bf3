import { evaluateText, evaluateToken, type Scope } from "../expression/evaluate.ts";
import { isBasicExpression } from "../github-parser.ts";
import type { JobRequest, MatrixCell } from "../job/job-session.ts";
import { runJob } from "../job/run-job.ts";
import { type JobKeyRequest, jobScope, neededBy } from "./job-key-request.ts";
import { addFailedJob, addJobRecord, completeJob, setJobStatus } from "./job-record.ts";
import { nameWithCell } from "./matrix.ts";
import { type ConcurrencySetting, readConcurrency } from "./read-concurrency.ts";
import type { JobRecord } from "./records.ts";

/**
 * Runs one job of a matrix, or the only one: waits for its concurrency group, then runs its steps.
 * @param siblings aborted when another job of the matrix failed and `fail-fast` holds
 */
export async function runCell(
  request: JobKeyRequest,
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

function openRecord(request: JobKeyRequest, cell: MatrixCell, scope: Scope): JobRecord {
  const { job } = request;
  const name = evaluateText(job.name, scope);
  const labels = [evaluateToken(job.runsOn, scope)].flat().map(String);
  return addJobRecord(request, cell, isBasicExpression(job.name) ? name : nameWithCell(name, cell), labels);
}

async function runInGroup(
  request: JobKeyRequest,
  record: JobRecord,
  cell: MatrixCell,
  siblings: AbortSignal,
  group: ConcurrencySetting,
): Promise<JobRecord> {
  const { plan, workflowGroup } = request;
  if (group.group.toLowerCase() === workflowGroup?.toLowerCase()) {
    const message = `Canceling since a deadlock for concurrency group '${group.group}' was detected between the workflow and this job.`;
    record.annotations.push({ level: "error", message });
    return completeJob(request, record, "cancelled");
  }
  const stop = new AbortController();
  const ticket = plan.groups.enter({ ...group, cancel: () => stop.abort() });
  if (ticket.waits) setJobStatus(request, record, "pending");
  const giveUp = AbortSignal.any([plan.cancellation.signal, siblings]);
  if (giveUp.aborted) ticket.leave();
  giveUp.addEventListener("abort", ticket.leave, { once: true });
  const turn = await ticket.turn;
  giveUp.removeEventListener("abort", ticket.leave);
  if (turn === "cancelled") return completeJob(request, record, "cancelled");
  try {
    return await runAlone(request, record, cell, [siblings, stop.signal]);
  } finally {
    ticket.leave();
  }
}

async function runAlone(
  request: JobKeyRequest,
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
  request: JobKeyRequest,
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
    secrets: plan.fromFork ? {} : host.secrets,
    permissions: record.permissions,
    signal: AbortSignal.any([plan.cancellation.signal, ...cancels]),
  };
}
