import type { Workflow } from "@patchpilot/workflow";
import { isMapping } from "@patchpilot/workflow/github-parser";
import { evaluateText, evaluateTexts } from "../expression/evaluate.ts";
import { toDictionary } from "../expression/expression-data.ts";
import type { NeededJob } from "../job/job-session.ts";
import { readCallInputs } from "./call-inputs.ts";
import { type CallJobRequest, type JobKeyRequest, jobScope, NO_CELL } from "./job-key-request.ts";
import { addJobRecord, completeJob, describeJobKey, grantedTo, nameBelowCaller } from "./job-record.ts";
import { type ConcurrencySetting, findDeadlock, readConcurrency } from "./read-concurrency.ts";
import { concludeJobs, runJobs } from "./run-jobs.ts";
import { type RunPlan, runScope } from "./run-plan.ts";
import { takeTurn } from "./take-turn.ts";

/**
 * Runs the workflow that a job calls: its jobs join the run, under the caller's name, github context and limit of
 * permissions, with the inputs and secrets that were passed and nothing of the caller's `env`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 * @throws Error where an input that was passed is not of its type
 */
export async function runCalledWorkflow(
  request: CallJobRequest,
  runJob: (request: JobKeyRequest) => Promise<NeededJob>,
): Promise<NeededJob> {
  const { called } = request.job;
  if (called === undefined) throw new Error(`Unable to resolve the workflow ${request.job.uses}.`);
  const plan = planCall(request, called);
  request.plan.called.set(request.job.id, plan);
  const groups = [
    readConcurrency(request.job.concurrency, jobScope(request)),
    readConcurrency(called.concurrency, runScope(plan, request.github)),
  ].filter((group) => group !== undefined);
  return runInGroups(request, plan, groups, async (heldGroups) => {
    const outcomes = await runJobs(plan, (job) => runJob({ plan, job, github: request.github, heldGroups }));
    return { result: concludeJobs(outcomes), outputs: readOutputs(request, plan, called) };
  });
}

/** A re-run of failed jobs keeps what the others inside came to. */
function planCall(request: CallJobRequest, called: Workflow): RunPlan {
  const { plan, job } = request;
  const earlier = plan.called.get(job.id);
  const cancellation = new AbortController();
  const { signal } = plan.cancellation;
  if (signal.aborted) cancellation.abort();
  signal.addEventListener("abort", () => cancellation.abort(), { once: true });
  return {
    ...plan,
    workflow: called,
    inputs: toDictionary(readCallInputs(request, called)),
    secrets: passedSecrets(request),
    caller: {
      key: describeJobKey(request),
      name: nameBelowCaller(request, evaluateText(job.name, jobScope(request))),
      permissions: grantedTo(request),
    },
    outcomes: earlier?.outcomes ?? new Map(),
    called: earlier?.called ?? new Map(),
    cancellation,
  };
}

/** Those that the caller names, or all of its own with `inherit`. One that is not set stays away. */
function passedSecrets(request: CallJobRequest): Readonly<Record<string, string>> {
  const { plan, job } = request;
  if (job.secrets === undefined) return {};
  if (!isMapping(job.secrets)) return plan.secrets;
  const { contexts } = jobScope(request);
  const secrets = evaluateTexts(job.secrets, {
    contexts: { ...contexts, secrets: toDictionary(plan.secrets) },
  });
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
}

async function runInGroups(
  request: CallJobRequest,
  plan: RunPlan,
  [group, ...others]: readonly ConcurrencySetting[],
  run: (heldGroups: readonly string[]) => Promise<NeededJob>,
  heldGroups: readonly string[] = request.heldGroups,
): Promise<NeededJob> {
  if (group === undefined) return run(heldGroups);
  const deadlock = findDeadlock(group, heldGroups);
  if (deadlock !== undefined) return cancelled(request, deadlock);
  const ticket = await takeTurn(plan.groups, group, {
    giveUp: plan.cancellation.signal,
    onWait: () => undefined,
    cancel: () => plan.cancellation.abort(),
  });
  if (ticket === "cancelled") return cancelled(request);
  try {
    return await runInGroups(request, plan, others, run, [...heldGroups, group.group]);
  } finally {
    ticket?.leave();
  }
}

/** A call that never began is listed as one job of the caller's name. */
function cancelled(request: CallJobRequest, reason?: string): NeededJob {
  const record = addJobRecord(request, NO_CELL, evaluateText(request.job.name, jobScope(request)), []);
  if (reason !== undefined) record.annotations.push({ level: "error", message: reason });
  completeJob(request, record, "cancelled");
  return { result: "cancelled", outputs: {} };
}

function readOutputs({ github }: CallJobRequest, plan: RunPlan, called: Workflow): Record<string, string> {
  const scope = runScope(plan, github);
  const jobs = toDictionary(Object.fromEntries(plan.outcomes));
  const inside = { contexts: { ...scope.contexts, jobs } };
  return Object.fromEntries(
    Object.entries(called.call?.outputs ?? {}).map(([name, value]) => [name, evaluateText(value, inside)]),
  );
}
