import type { WorkflowJob } from "@patchpilot/workflow";
import type { NeededJob } from "../job/job-session.ts";
import { githubContext } from "./github-context.ts";
import { readConcurrency } from "./read-concurrency.ts";
import type { RunStatus } from "./records.ts";
import { runJobKey } from "./run-job-key.ts";
import { concludeJobs, runJobs } from "./run-jobs.ts";
import { type RunPlan, runScope } from "./run-plan.ts";
import { takeTurn } from "./take-turn.ts";

/**
 * Runs one attempt of a run: its concurrency group, then its jobs as their `needs` allow. Ends with the run completed.
 */
export async function runAttempt(plan: RunPlan): Promise<void> {
  const { record, host } = plan;
  let leave: (() => void) | undefined;
  try {
    const github = githubContext(record, plan.workflow, host.repository, host.urls);
    const group = readConcurrency(plan.workflow.concurrency, runScope(plan, github));
    const ticket = await takeTurn(plan.groups, group, {
      giveUp: plan.cancellation.signal,
      onWait: () => setStatus(plan, "pending"),
      cancel: () => plan.cancellation.abort(),
    });
    if (ticket !== "cancelled") {
      leave = ticket?.leave;
      record.startedAt = host.now();
      setStatus(plan, "in_progress");
      const heldGroups = group === undefined ? [] : [group.group];
      const run = (job: WorkflowJob): Promise<NeededJob> => runJobKey({ plan, job, github, heldGroups });
      record.conclusion = concludeJobs(await runJobs(plan, run));
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

function setStatus(plan: RunPlan, status: RunStatus): void {
  plan.record.status = status;
  plan.host.emit({ kind: "run", run: plan.record });
}
