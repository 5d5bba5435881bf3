import type { RunPlan } from "./run-plan.ts";

/**
 * Turns a completed run into its next attempt. The run keeps its id, event, commit and workflow file.
 * @param failedOnly re-run failed and cancelled jobs and what depends on them; the others keep result and outputs
 * @throws Error where the run is still going on, or no job failed
 */
export function resetRun(
  plan: RunPlan,
  options: { readonly failedOnly: boolean; readonly actor: string },
): void {
  const { record } = plan;
  if (record.status !== "completed")
    throw new Error(`The run ${record.id} is still ${record.status}; it cannot be re-run yet.`);
  const again = options.failedOnly
    ? failedWithDependents(plan)
    : new Set(plan.workflow.jobs.map((job) => job.id));
  if (again.size === 0) throw new Error(`The run ${record.id} has no failed jobs to re-run.`);
  record.earlierAttempts.push({
    attempt: record.attempt,
    conclusion: record.conclusion ?? "cancelled",
    jobs: record.jobs,
  });
  for (const id of again) plan.outcomes.delete(id);
  record.jobs = record.jobs.filter((job) => !again.has(job.key));
  record.attempt += 1;
  record.triggeringActor = options.actor;
  record.status = "queued";
  record.conclusion = undefined;
  record.startupError = undefined;
  record.startedAt = undefined;
  record.completedAt = undefined;
  plan.cancellation = new AbortController();
}

function failedWithDependents(plan: RunPlan): ReadonlySet<string> {
  const failed = (id: string): boolean => {
    const result = plan.outcomes.get(id)?.result;
    return result === undefined || result === "failure" || result === "cancelled";
  };
  const again = new Set(plan.workflow.jobs.map((job) => job.id).filter(failed));
  let before = -1;
  while (before !== again.size) {
    before = again.size;
    for (const job of plan.workflow.jobs) if (job.needs.some((id) => again.has(id))) again.add(job.id);
  }
  return again;
}
