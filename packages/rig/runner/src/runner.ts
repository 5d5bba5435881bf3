import type { Workflow } from "@patchpilot/workflow";
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
import { toActivity, workflowRunEvent } from "./run/workflow-run-event.ts";
import { type OpenHost, openHost, type RunnerOptions } from "./runner-options.ts";

/** A run that was started and its end. */
export type StartedRun = { readonly run: RunRecord; readonly done: Promise<RunRecord> };

/** GitHub follows workflow_run events three deep. */
const MAX_WORKFLOW_RUN_DEPTH = 3;

/**
 * Reads the workflows and makes a runner for them.
 * @throws WorkflowProblemsError that lists what GitHub would refuse, what this runner does not run, and actions and
 *   called workflows that nothing stands for
 */
export async function createRunner(options: RunnerOptions): Promise<WorkflowRunner> {
  const workflows = await readWorkflows(options);
  return new WorkflowRunner(workflows, options, await openHost(options));
}

/** A repository's GitHub Actions, on this machine. Made by `createRunner`. */
export class WorkflowRunner {
  readonly #workflows: readonly Workflow[];
  readonly #options: RunnerOptions;
  readonly #host: OpenHost;
  readonly #groups = new ConcurrencyGroups();
  readonly #plans = new Map<number, RunPlan>();
  readonly #live = new Map<number, Promise<RunRecord>>();
  readonly #starting = new Set<Promise<unknown>>();
  readonly #isOff = ({ file }: Workflow): boolean => this.#options.isOff?.(file) ?? false;

  constructor(workflows: readonly Workflow[], options: RunnerOptions, host: OpenHost) {
    this.#workflows = workflows;
    this.#options = options;
    this.#host = { ...host, emit: (event) => this.#hear(event) };
  }

  /** All runs, oldest first. */
  get runs(): readonly RunRecord[] {
    return [...this.#plans.values()].map((plan) => plan.record);
  }

  /** The cron lines of the workflows that are on; whoever owns the clock dispatches `schedule` when one is due. */
  get schedules(): readonly { readonly file: string; readonly cron: string }[] {
    return this.#workflows
      .filter((workflow) => !this.#isOff(workflow))
      .flatMap(({ file, events }) => (events.schedule ?? []).map(({ cron }) => ({ file, cron })));
  }

  /**
   * Starts the workflows that listen to an event and returns when their runs are queued.
   * @throws Error with GitHub's reason where the inputs of a workflow_dispatch are wrong or its workflow is off
   */
  async start(event: WorkflowEvent): Promise<readonly StartedRun[]> {
    return this.#start(event, 0);
  }

  /** Like `start`, and waits for the runs to end. Runs whose jobs were all skipped are among them. */
  async dispatch(event: WorkflowEvent): Promise<readonly RunRecord[]> {
    const started = await this.#start(event, 0);
    return Promise.all(started.map(({ done }) => done));
  }

  /**
   * Runs a completed run again, to its end, under its id and with the next attempt number.
   * Not documented: that GitHub runs one again whose workflow was switched off since.
   * @param options `failedOnly`: only failed and cancelled jobs and what depends on them
   */
  async rerun(
    id: number,
    options: { readonly failedOnly?: boolean; readonly actor?: string } = {},
  ): Promise<RunRecord> {
    const plan = this.#planOf(id);
    resetRun(plan, { failedOnly: options.failedOnly ?? false, actor: options.actor ?? plan.record.actor });
    return this.#begin(plan).done;
  }

  /** Cancels a run and waits for its end: steps that run `always()` still do. */
  async cancel(id: number): Promise<RunRecord> {
    const plan = this.#planOf(id);
    plan.cancellation.abort();
    return (await this.#live.get(id)) ?? plan.record;
  }

  /** Resolves when no run is going on or about to start. */
  async idle(): Promise<void> {
    while (this.#live.size + this.#starting.size > 0) {
      await Promise.allSettled([...this.#live.values(), ...this.#starting]);
    }
  }

  /** Cancels what is going on, waits for its end and removes all folders. */
  async close(): Promise<void> {
    for (const plan of this.#plans.values()) plan.cancellation.abort();
    await this.idle();
    await this.#host.close();
  }

  #start(event: WorkflowEvent, depth: number): Promise<readonly StartedRun[]> {
    const starting = this.#plan(event, depth).then((plans) => plans.map((plan) => this.#begin(plan)));
    this.#starting.add(starting);
    const done = (): unknown => this.#starting.delete(starting);
    starting.then(done, done);
    return starting;
  }

  async #plan(event: WorkflowEvent, depth: number): Promise<readonly RunPlan[]> {
    const listening = selectListening(this.#workflows, event, this.#isOff);
    if (listening.length === 0) return [];
    const { ref, sha } = refOfEvent(event, this.#host.repository);
    const headSha = sha ?? (await this.#options.headSha(ref));
    return listening.map((workflow) => {
      const number = this.runs.filter((run) => run.workflow.file === workflow.file).length + 1;
      const id = event.runId ?? this.#nextId();
      const seed = {
        host: this.#host,
        groups: this.#groups,
        workflow,
        event,
        id,
        number,
        ref,
        headSha,
        depth,
      };
      const plan = planRun(seed);
      this.#plans.set(id, plan);
      return plan;
    });
  }

  #nextId(): number {
    let id = this.#plans.size + 1;
    while (this.#plans.has(id)) id += 1;
    return id;
  }

  #begin(plan: RunPlan): StartedRun {
    const { record } = plan;
    this.#host.emit({ kind: "run", run: record });
    const done = runAttempt(plan).then(() => {
      this.#live.delete(record.id);
      return record;
    });
    this.#live.set(record.id, done);
    return { run: record, done };
  }

  /** Tells the listener, and the workflows that listen to runs. */
  #hear(event: RunnerEvent): void {
    this.#options.onEvent?.(event);
    const activity = event.kind === "run" ? toActivity(event.run) : undefined;
    const depth = this.#plans.get(event.run.id)?.depth ?? MAX_WORKFLOW_RUN_DEPTH;
    if (activity === undefined || depth >= MAX_WORKFLOW_RUN_DEPTH) return;
    void this.#start(workflowRunEvent(event.run, activity, this.#host), depth + 1);
  }

  #planOf(id: number): RunPlan {
    const plan = this.#plans.get(id);
    if (plan === undefined) throw new Error(`There is no run ${id}.`);
    return plan;
  }
}

/** The workflows that listen to an event and are on. @throws Error with GitHub's reason for a workflow_dispatch of one that is off */
function selectListening(
  workflows: readonly Workflow[],
  event: WorkflowEvent,
  isOff: (workflow: Workflow) => boolean,
): readonly Workflow[] {
  const listening = selectWorkflows(workflows, event);
  if (event.event === "workflow_dispatch" && listening.some(isOff))
    throw new Error("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  return listening.filter((workflow) => !isOff(workflow));
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
