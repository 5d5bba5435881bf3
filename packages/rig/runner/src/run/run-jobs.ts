import type { WorkflowJob } from "@patchpilot/workflow";
import type { NeededJob } from "../job/job-session.ts";
import type { Conclusion } from "./records.ts";
import type { RunPlan } from "./run-plan.ts";

/**
 * Runs the jobs of a workflow, each when those that it needs are settled. Jobs whose outcome the plan holds already
 * (kept by a re-run) are not run again.
 */
export function runJobs(
  plan: RunPlan,
  runJob: (job: WorkflowJob) => Promise<NeededJob>,
): Promise<readonly NeededJob[]> {
  const jobs = new Map(plan.workflow.jobs.map((job) => [job.id, job]));
  const started = new Map<string, Promise<NeededJob>>();
  const awaitOutcome = (id: string): Promise<NeededJob> => {
    const known = started.get(id);
    if (known !== undefined) return known;
    const outcome = runOne(jobs.get(id) as WorkflowJob);
    started.set(id, outcome);
    return outcome;
  };
  const runOne = async (job: WorkflowJob): Promise<NeededJob> => {
    await Promise.all(job.needs.map(awaitOutcome));
    const outcome = plan.outcomes.get(job.id) ?? (await runJob(job));
    plan.outcomes.set(job.id, outcome);
    return outcome;
  };
  return Promise.all(plan.workflow.jobs.map((job) => awaitOutcome(job.id)));
}

/** What a run, or a job that calls a workflow, comes to: the worst of its jobs; skipped where all were. */
export function concludeJobs(outcomes: readonly NeededJob[]): Conclusion {
  const results = new Set(outcomes.map((outcome) => outcome.result));
  if (results.has("failure")) return "failure";
  if (results.has("cancelled")) return "cancelled";
  return results.has("success") ? "success" : "skipped";
}
