import {
  permissionsOfJob,
  RESTRICTED_DEFAULT,
  type WorkflowPermissions,
  withoutWrites,
} from "@patchpilot/workflow";
import type { MatrixCell } from "../job/job-session.ts";
import { type JobKeyRequest, NO_CELL } from "./job-key-request.ts";
import type { Conclusion, JobRecord, RunStatus } from "./records.ts";

/** Adds a queued job to the run's record. */
export function addJobRecord(
  request: JobKeyRequest,
  cell: MatrixCell,
  name: string,
  labels: readonly string[],
): JobRecord {
  const { plan } = request;
  const record: JobRecord = {
    id: plan.host.nextJobId(),
    key: describeJobKey(request),
    name: nameBelowCaller(request, name),
    matrix: cell.values,
    attempt: plan.record.attempt,
    status: "queued",
    conclusion: undefined,
    labels,
    permissions: grantedTo(request),
    outputs: {},
    steps: [],
    annotations: [],
    startedAt: undefined,
    completedAt: undefined,
  };
  plan.record.jobs.push(record);
  setJobStatus(request, record, "queued");
  return record;
}

/** A job that failed before it could start. */
export function addFailedJob(request: JobKeyRequest, reason: Error): JobRecord {
  const record = addJobRecord(request, NO_CELL, request.job.id, []);
  record.annotations.push({ level: "error", message: reason.message });
  return completeJob(request, record, "failure");
}

export function completeJob(request: JobKeyRequest, record: JobRecord, conclusion: Conclusion): JobRecord {
  record.conclusion = conclusion;
  record.completedAt = request.plan.host.now();
  setJobStatus(request, record, "completed");
  return record;
}

export function setJobStatus({ plan }: JobKeyRequest, record: JobRecord, status: RunStatus): void {
  record.status = status;
  plan.host.emit({ kind: "job", run: plan.record, job: record });
}

/** `repair/work` for the job `work` of a workflow that the job `repair` calls. */
export function describeJobKey({ plan, job }: JobKeyRequest): string {
  return plan.caller === undefined ? job.id : `${plan.caller.key}/${job.id}`;
}

/** GitHub lists the jobs of called workflows as `caller / called`. */
export function nameBelowCaller({ plan }: JobKeyRequest, name: string): string {
  return plan.caller === undefined ? name : `${plan.caller.name} / ${name}`;
}

/** Its own list, else the workflow's, else the calling job's or the repository's default. */
export function grantedTo({ plan, job }: JobKeyRequest): WorkflowPermissions {
  const fallback = plan.caller?.permissions ?? RESTRICTED_DEFAULT;
  const granted = permissionsOfJob(job.permissions, plan.workflow.permissions, fallback);
  return plan.fromFork ? withoutWrites(granted) : granted;
}
