import type { CallJob, StepsJob, WorkflowJob } from "@patchpilot/workflow";
import type { ExpressionScope, StatusAnswers } from "../expression/evaluate.ts";
import { toDictionary } from "../expression/expression-data.ts";
import type { MatrixCell, NeededJob, RunContexts } from "../job/job-session.ts";
import type { Conclusion } from "./records.ts";
import { type RunPlan, runScope } from "./run-plan.ts";

/** A job of a workflow file, ready to be decided on: everything that it needs is settled. */
export type JobKeyRequest = {
  readonly plan: RunPlan;
  readonly job: WorkflowJob;
  readonly github: RunContexts["github"];
  /** The concurrency groups that the run itself and the jobs that call this workflow hold. */
  readonly heldGroups: readonly string[];
};

export type StepsJobRequest = JobKeyRequest & { readonly job: StepsJob };
export type CallJobRequest = JobKeyRequest & { readonly job: CallJob };

/** The only cell of a job without a matrix. */
export const NO_CELL: MatrixCell = { values: {}, index: 0, total: 1, failFast: true };

/** What expressions at the level of a job see. */
export function jobScope(request: JobKeyRequest, cell: MatrixCell = NO_CELL): ExpressionScope {
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

/** The `needs` context: results and outputs of the jobs that a job names itself. */
export function neededBy({ plan, job }: JobKeyRequest): Readonly<Record<string, NeededJob>> {
  const known = job.needs.flatMap((id): [string, NeededJob][] => {
    const outcome = plan.outcomes.get(id);
    return outcome === undefined ? [] : [[id, outcome]];
  });
  return Object.fromEntries(known);
}

/** Status functions of a job's `if`. A failure or skip counts for the whole chain behind it, not only the next job. */
export function judgeStatus(request: JobKeyRequest): StatusAnswers {
  const cancelled = request.plan.cancellation.signal.aborted;
  const results = ancestorResults(request);
  return { success: !cancelled && allSucceeded(request), failure: results.includes("failure"), cancelled };
}

/** Whether every job that this one needs, directly or not, succeeded. */
export function allSucceeded(request: JobKeyRequest): boolean {
  return ancestorResults(request).every((result) => result === "success");
}

function ancestorResults({ plan, job }: JobKeyRequest): readonly (Conclusion | undefined)[] {
  const found = new Set<string>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (found.has(id)) continue;
      found.add(id);
      visit(plan.workflow.jobs.find((other) => other.id === id)?.needs ?? []);
    }
  };
  visit(job.needs);
  return [...found].map((id) => plan.outcomes.get(id)?.result);
}
