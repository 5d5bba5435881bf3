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
  const again = options.failedOnly ? forgetFailed(plan) : forgetAll(plan);
  if (again.size === 0) throw new Error(`The run ${record.id} has no failed jobs to re-run.`);
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

function forgetAll(plan: RunPlan): ReadonlySet<string> {
  plan.outcomes.clear();
  const called = [...plan.called.values()].flatMap((call) => [...forgetAll(call)]);
  plan.called.clear();
  return new Set([...plan.workflow.jobs.map((job) => keyIn(plan, job.id)), ...called]);
}

/** Forgets failed jobs and what depends on them; of a called workflow that failed only those inside that did. */
function forgetFailed(plan: RunPlan): ReadonlySet<string> {
  const keys = new Set<string>();
  const again = failedWithDependents(plan);
  for (const id of again) {
    plan.outcomes.delete(id);
    keys.add(keyIn(plan, id));
    const call = plan.called.get(id);
    if (call === undefined) continue;
    const needsAgain = plan.workflow.jobs.find((job) => job.id === id)?.needs.some((need) => again.has(need));
    for (const key of needsAgain ? forgetAll(call) : forgetFailed(call)) keys.add(key);
    if (needsAgain) plan.called.delete(id);
  }
  return keys;
}

function keyIn({ caller }: RunPlan, id: string): string {
  return caller === undefined ? id : `${caller.key}/${id}`;
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
