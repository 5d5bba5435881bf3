import { evaluateCondition } from "../expression/evaluate.ts";
import type { MatrixCell, NeededJob } from "../job/job-session.ts";
import {
  allSucceeded,
  type JobKeyRequest,
  jobScope,
  judgeStatus,
  NO_CELL,
  type StepsJobRequest,
} from "./job-key-request.ts";
import { addFailedJob, addJobRecord, completeJob } from "./job-record.ts";
import { expandMatrix } from "./matrix.ts";
import type { JobRecord } from "./records.ts";
import { runCalledWorkflow } from "./run-call.ts";
import { runMatrixCell } from "./run-cell.ts";

/**
 * Decides on a job's `if` and runs every cell of its matrix, or the workflow that it calls. A job that is skipped starts
 * no process.
 */
export async function runJobKey(request: JobKeyRequest): Promise<NeededJob> {
  const { plan, job } = request;
  let cells: readonly MatrixCell[];
  try {
    const scope = jobScope(request);
    if (!evaluateCondition(job.condition.expression, { ...scope, status: judgeStatus(request) })) {
      const stopped = plan.cancellation.signal.aborted && allSucceeded(request);
      const record = addJobRecord(request, NO_CELL, job.name.toString(), []);
      return {
        result: completeJob(request, record, stopped ? "cancelled" : "skipped").conclusion ?? "skipped",
        outputs: {},
      };
    }
    if (job.kind === "call") return await runCalledWorkflow({ ...request, job }, runJobKey);
    cells = expandMatrix(job, scope);
  } catch (error) {
    addFailedJob(request, error as Error);
    return { result: "failure", outputs: {} };
  }
  return combine(await runCells({ ...request, job }, cells));
}

function runCells(request: StepsJobRequest, cells: readonly MatrixCell[]): Promise<readonly JobRecord[]> {
  const siblings = new AbortController();
  return Promise.all(
    cells.map(async (cell) => {
      const record = await runMatrixCell(request, cell, siblings.signal);
      if (record.conclusion === "failure" && cell.failFast) siblings.abort();
      return record;
    }),
  );
}

/** What other jobs see of a matrix: the worst result, and of each output the last that is not empty. */
function combine(records: readonly JobRecord[]): NeededJob {
  const results = new Set(records.map((record) => record.conclusion));
  const outputs: Record<string, string> = {};
  for (const [name, value] of records.flatMap((record) => Object.entries(record.outputs))) {
    if (value !== "" || !(name in outputs)) outputs[name] = value;
  }
  const worst = (["failure", "cancelled"] as const).find((conclusion) => results.has(conclusion));
  return { result: worst ?? "success", outputs };
}
