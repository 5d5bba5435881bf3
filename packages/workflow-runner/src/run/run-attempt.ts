import type { Job } from "../definition/workflow.ts";
import type { NeededJob } from "../job/job-session.ts";
import type { ConcurrencyTicket } from "./concurrency.ts";
import { githubContext } from "./github-context.ts";
import { type ConcurrencySetting, readConcurrency } from "./read-concurrency.ts";
import type { Conclusion, RunStatus } from "./records.ts";
import { runJobKey } from "./run-job-key.ts";
import { type RunPlan, runScope } from "./run-plan.ts";

/**
 * Runs one attempt of a run: its concurrency group, then its jobs as their `needs` allow. Jobs whose outcome the plan
 * holds already (kept by a re-run) are not run again. Ends with the run completed.
 */
export async function runAttempt(plan: RunPlan): Promise<void> {
  const { record, host } = plan;
  let leave: (() => void) | undefined;
  try {
    const github = githubContext(record, plan.workflow, host.repository, host.urls);
    const group = readConcurrency(plan.workflow.concurrency, runScope(plan, github));
    const ticket = await takeTurn(plan, group);
    if (ticket !== "cancelled") {
      leave = ticket?.leave;
      record.startedAt = host.now();
      setStatus(plan, "in_progress");
      record.conclusion = conclusionOf(await runJobs(plan, github, group?.group));
    }
    record.conclusion ??= "cancelled";
  } catch (error) {
    record.startupError = (error as Error).message;
    record.conclusion = "failure";
  }
  record.completedAt = host.now();
  setStatus(plan, "completed");
  leave?.();
}

/** Waits for the run's place in its concurrency group, if it has one; a cancelled run stops waiting. */
async function takeTurn(
  plan: RunPlan,
  group: ConcurrencySetting | undefined,
): Promise<ConcurrencyTicket | "cancelled" | undefined> {
  const { signal } = plan.cancellation;
  if (signal.aborted) return "cancelled";
  if (group === undefined) return undefined;
  const ticket = plan.groups.enter({ ...group, cancel: () => plan.cancellation.abort() });
  if (ticket.waits) setStatus(plan, "pending");
  signal.addEventListener("abort", ticket.leave, { once: true });
  const turn = await ticket.turn;
  signal.removeEventListener("abort", ticket.leave);
  return turn === "run" ? ticket : "cancelled";
}

function setStatus(plan: RunPlan, status: RunStatus): void {
  plan.record.status = status;
  plan.host.emit({ kind: "run", run: plan.record });
}

async function runJobs(
  plan: RunPlan,
  github: ReturnType<typeof githubContext>,
  workflowGroup: string | undefined,
): Promise<readonly NeededJob[]> {
  const jobs = new Map(plan.workflow.jobs.map((job) => [job.id, job]));
  const started = new Map<string, Promise<NeededJob>>();
  const outcomeOf = (id: string): Promise<NeededJob> => {
    const known = started.get(id);
    if (known !== undefined) return known;
    const outcome = runOne(jobs.get(id) as Job);
    started.set(id, outcome);
    return outcome;
  };
  const runOne = async (job: Job): Promise<NeededJob> => {
    await Promise.all(job.needs.map(outcomeOf));
    const kept = plan.outcomes.get(job.id);
    const outcome = kept ?? (await runJobKey({ plan, job, github, workflowGroup }));
    plan.outcomes.set(job.id, outcome);
    return outcome;
  };
  return Promise.all(plan.workflow.jobs.map((job) => outcomeOf(job.id)));
}

function conclusionOf(outcomes: readonly NeededJob[]): Conclusion {
  const results = new Set(outcomes.map((outcome) => outcome.result));
  if (results.has("failure")) return "failure";
  if (results.has("cancelled")) return "cancelled";
  return results.has("success") ? "success" : "skipped";
}
