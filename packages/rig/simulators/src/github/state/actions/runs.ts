import type { GitHubAccount } from "../accounts/identity.ts";
import type { ActionsJobRecord, ActionsRunRecord } from "../records.ts";
import { GitHubRefusal, notFound } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { GitHubState } from "../world.ts";
import { findWorkflows } from "./workflows.ts";

export type RunRequest = {
  /** The id that the runner knows the run by; by default GitHub gives one. */
  readonly id?: number;
  /** Path of the workflow file. */
  readonly workflowPath: string;
  /** The evaluated `run-name`; by default the workflow's name. */
  readonly displayTitle?: string;
  readonly event: string;
  readonly actor: GitHubAccount;
  /** Default: the default branch and its head. */
  readonly headBranch?: string;
  readonly headOid?: string;
};

export function requireRun(repository: Repository, id: number, version?: number): ActionsRunRecord {
  const run = repository.runs.get(id, version);
  if (run === undefined) throw notFound();
  return run;
}

/** Starts a run as queued; the workflow runner calls it for every workflow that an event starts. */
export function createRun(world: GitHubState, repository: Repository, request: RunRequest): ActionsRunRecord {
  const workflow = findWorkflows(repository).find(({ path }) => path === request.workflowPath);
  const now = world.now();
  const name = workflow?.name ?? request.workflowPath;
  const headBranch = request.headBranch ?? repository.defaultBranch;
  const run: ActionsRunRecord = {
    id: request.id ?? world.takeId(),
    workflowId: workflow?.id ?? 0,
    workflowPath: request.workflowPath,
    workflowName: name,
    displayTitle: request.displayTitle ?? name,
    runNumber:
      repository.runs.list().filter((other) => other.workflowPath === request.workflowPath).length + 1,
    runAttempt: 1,
    event: request.event,
    status: "queued",
    conclusion: null,
    headBranch,
    headOid: request.headOid ?? repository.git.refs.get(`refs/heads/${headBranch}`) ?? "",
    actor: request.actor,
    createdAt: now,
    updatedAt: now,
    runStartedAt: now,
  };
  return repository.runs.set(run.id, run);
}

export type RunChange = Partial<
  Pick<ActionsRunRecord, "status" | "conclusion" | "runAttempt" | "displayTitle">
>;

/** Changes a run. A higher attempt starts it anew: queued, without a conclusion, unless told otherwise. */
export function updateRun(
  world: GitHubState,
  repository: Repository,
  id: number,
  change: RunChange,
): ActionsRunRecord {
  const run = requireRun(repository, id);
  const now = world.now();
  const again = (change.runAttempt ?? run.runAttempt) > run.runAttempt;
  const restart = again ? ({ status: "queued", conclusion: null, runStartedAt: now } as const) : {};
  return repository.runs.set(id, { ...run, ...restart, ...change, updatedAt: now });
}

/** @throws Refusal 409 where the run has ended. */
export function cancelRun(world: GitHubState, repository: Repository, id: number): void {
  if (requireRun(repository, id).status === "completed") {
    throw new GitHubRefusal("CONFLICT", "Cannot cancel a workflow run that is completed");
  }
  updateRun(world, repository, id, { status: "completed", conclusion: "cancelled" });
}

/** Runs the failed jobs of a run anew. @throws Refusal 403 where it has not ended, or nothing in it failed. */
export function startFailedJobs(world: GitHubState, repository: Repository, id: number): void {
  const run = requireRun(repository, id);
  if (run.status !== "completed") throw new GitHubRefusal("FORBIDDEN", "This workflow is already running");
  if (run.conclusion === "success")
    throw new GitHubRefusal("FORBIDDEN", "This workflow run cannot be retried");
  const failed = repository.jobs.listGroup(id).filter(({ conclusion }) => isRed(conclusion));
  updateRun(world, repository, id, { runAttempt: run.runAttempt + 1 });
  for (const { name } of failed)
    setJob(world, repository, { runId: id, name, status: "queued", conclusion: null });
}

const isRed = (conclusion: ActionsJobRecord["conclusion"]): boolean =>
  conclusion === "failure" || conclusion === "timed_out";

export type ActionsJobRequest = Pick<ActionsJobRecord, "runId" | "name" | "status" | "conclusion"> &
  Partial<Pick<ActionsJobRecord, "log" | "annotations">>;

/** Writes a job of a run's current attempt; a job of the same name and attempt is replaced. */
export function setJob(
  world: GitHubState,
  repository: Repository,
  request: ActionsJobRequest,
): ActionsJobRecord {
  const run = requireRun(repository, request.runId);
  const known = repository.jobs
    .listGroup(run.id)
    .find((job) => job.name === request.name && job.runAttempt === run.runAttempt);
  const job: ActionsJobRecord = {
    ...request,
    id: known?.id ?? world.takeId(),
    runAttempt: run.runAttempt,
    startedAt: known?.startedAt ?? world.now(),
    completedAt: request.status === "completed" ? world.now() : null,
  };
  return repository.jobs.set(job.id, job);
}
