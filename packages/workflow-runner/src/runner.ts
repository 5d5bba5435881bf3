import type { Workflow } from "./definition/workflow.ts";
import { listensTo } from "./event/match-event.ts";
import type { WorkflowEvent } from "./event/workflow-event.ts";
import { readWorkflows } from "./read-workflows.ts";
import { ConcurrencyGroups } from "./run/concurrency.ts";
import { refOfEvent } from "./run/github-context.ts";
import { planRun } from "./run/plan-run.ts";
import type { RunnerEvent, RunRecord } from "./run/records.ts";
import { resetRun } from "./run/reset-run.ts";
import { runAttempt } from "./run/run-attempt.ts";
import type { RunPlan } from "./run/run-plan.ts";
import { activityOf, workflowRunEvent } from "./run/workflow-run-event.ts";
import { openHost, type RunnerOptions } from "./runner-options.ts";

/** A run that was started and its end. */
export type StartedRun = { readonly run: RunRecord; readonly done: Promise<RunRecord> };

/** A repository's GitHub Actions, on this machine. */
export type WorkflowRunner = {
  /** All runs, oldest first. */
  readonly runs: readonly RunRecord[];
  /** The cron lines of all workflows; whoever owns the clock dispatches `schedule` when one is due. */
  readonly schedules: readonly { readonly file: string; readonly cron: string }[];
  /** Starts the workflows that listen to an event and returns when their runs are queued. */
  readonly start: (event: WorkflowEvent) => Promise<readonly StartedRun[]>;
  /** Starts the workflows that listen to an event and waits for their ends, also of those whose jobs were all skipped. */
  readonly dispatch: (event: WorkflowEvent) => Promise<readonly RunRecord[]>;
  /** Runs a completed run again under its id, with the next attempt number. */
  readonly rerun: (
    id: number,
    options?: { readonly failedOnly?: boolean; readonly actor?: string },
  ) => Promise<RunRecord>;
  /** Cancels a run; steps that run `always()` still do. Resolves when it has ended. */
  readonly cancel: (id: number) => Promise<RunRecord>;
  /** Resolves when no run is going on, counting those that runs start. */
  readonly idle: () => Promise<void>;
  /** Cancels what is going on and removes all folders. */
  readonly close: () => Promise<void>;
};

/** GitHub follows workflow_run events three deep. */
const MAX_WORKFLOW_RUN_DEPTH = 3;

/**
 * Reads the workflows and makes a runner for them.
 * @throws WorkflowProblemsError that lists what GitHub would refuse, what this runner does not run, and actions that
 *   nothing stands for
 */
export async function createRunner(options: RunnerOptions): Promise<WorkflowRunner> {
  const workflows = await readWorkflows(options.workflows, options);
  const host = await openHost({ ...options, onEvent: (event) => hear(event) });
  const groups = new ConcurrencyGroups();
  const plans = new Map<number, RunPlan>();
  const live = new Map<number, Promise<RunRecord>>();
  const numbers = new Map<string, number>();

  const begin = (plan: RunPlan): StartedRun => {
    const { record } = plan;
    host.emit({ kind: "run", run: record });
    const done = runAttempt(plan).then(() => {
      live.delete(record.id);
      return record;
    });
    live.set(record.id, done);
    return { run: record, done };
  };

  const startEvent = async (event: WorkflowEvent, depth: number): Promise<readonly StartedRun[]> => {
    const listening = selectWorkflows(workflows, event);
    if (listening.length === 0) return [];
    const { ref, sha } = refOfEvent(event, host.repository);
    const headSha = sha ?? (await options.headSha(ref));
    const planned = listening.map((workflow) => {
      const number = (numbers.get(workflow.file) ?? 0) + 1;
      const id = plans.size + 1;
      const plan = planRun({ host, groups, workflow, event, id, number, ref, headSha, depth });
      numbers.set(workflow.file, number);
      plans.set(id, plan);
      return plan;
    });
    return planned.map(begin);
  };

  /** Tells the listener, and the workflows that listen to runs. */
  const hear = (event: RunnerEvent): void => {
    options.onEvent?.(event);
    const activity = event.kind === "run" ? activityOf(event.run) : undefined;
    const depth = plans.get(event.run.id)?.depth ?? MAX_WORKFLOW_RUN_DEPTH;
    if (activity === undefined || depth >= MAX_WORKFLOW_RUN_DEPTH) return;
    const caused = workflowRunEvent(event.run, activity, host);
    if (selectWorkflows(workflows, caused).length > 0) track(startEvent(caused, depth + 1));
  };

  const starting = new Set<Promise<unknown>>();
  const track = <T>(promise: Promise<T>): Promise<T> => {
    starting.add(promise);
    return promise.finally(() => starting.delete(promise));
  };

  const planOf = (id: number): RunPlan => {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`There is no run ${id}.`);
    return plan;
  };

  const idle = async (): Promise<void> => {
    while (live.size > 0 || starting.size > 0) await Promise.allSettled([...live.values(), ...starting]);
  };

  return {
    get runs() {
      return [...plans.values()].map((plan) => plan.record);
    },
    schedules: workflows.flatMap(({ file, events }) =>
      (events.schedule ?? []).map(({ cron }) => ({ file, cron })),
    ),
    start: (event) => track(startEvent(event, 0)),
    dispatch: async (event) =>
      Promise.all((await track(startEvent(event, 0))).map((started) => started.done)),
    rerun: async (id, rerunOptions = {}) => {
      const plan = planOf(id);
      resetRun(plan, { failedOnly: false, actor: plan.record.actor, ...rerunOptions });
      return begin(plan).done;
    },
    cancel: async (id) => {
      planOf(id).cancellation.abort();
      return (await live.get(id)) ?? planOf(id).record;
    },
    idle,
    close: async () => {
      for (const plan of plans.values()) plan.cancellation.abort();
      await idle();
      await host.close();
    },
  };
}

function selectWorkflows(workflows: readonly Workflow[], event: WorkflowEvent): readonly Workflow[] {
  if (event.event === "workflow_dispatch" && event.workflow === undefined) {
    throw new Error("A workflow_dispatch names its workflow file: pass `workflow`.");
  }
  const facts = {
    event: event.event,
    action: event.action ?? (event.payload?.["action"] as string | undefined),
    payload: event.payload ?? {},
    schedule: event.schedule,
  };
  const candidates = workflows.filter(({ file }) => event.workflow === undefined || file === event.workflow);
  return candidates.filter((workflow) => listensTo(workflow, facts));
}
