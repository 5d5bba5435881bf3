import { PHASES, type Phase, phaseLabel, type WorkOrder } from "@patchpilot/incident";
import { GITHUB_ACTIONS_BOT, type GitHubEvent } from "@patchpilot/simulators/github";
import { MINUTE } from "@patchpilot/time";
import { type ActionRun, claim, dispatch, propose } from "./run-actions.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "./world.ts";

/** Path of the workflow that `dispatch` starts. */
export const REPAIR_WORKFLOW = ".github/workflows/patchpilot-repair.yml";

/** A repository in which actions run one after the other, each as a run of its own. */
export type RepairScenario = {
  readonly test: TestWorld;
  /** A scheduled run of `dispatch`, or one about what `inputs` name. */
  readonly tick: (options?: Partial<ActionRun>) => ReturnType<typeof dispatch>;
  /** Starts a run of the repair workflow for the newest dispatch; its first job has not begun. */
  readonly queueWorker: () => WorkerRun;
  /** Starts one, up to and with `claim`. */
  readonly startWorker: () => Promise<Worker>;
  readonly pass: (minutes: number) => void;
};

/** What actions of a run of the repair workflow are told of it. */
export type WorkerRun = Required<Pick<ActionRun, "runId" | "event">>;

/** A run of the repair workflow that has passed its gate. */
export type Worker = {
  readonly publish: (options?: Partial<Parameters<typeof propose>[1]>) => ReturnType<typeof propose>;
  readonly claimAgain: (options?: Partial<ActionRun>) => ReturnType<typeof claim>;
  readonly end: (conclusion: "success" | "failure") => void;
};

/** What differs in a run of `propose`. */
export type Publication = NonNullable<Parameters<Worker["publish"]>[0]>;

/** A repository in which workers start, whichever way their actions run. */
export type WithWorkers = Pick<RepairScenario, "test"> & {
  readonly startWorker: () => Promise<{
    readonly publish: (options?: Publication) => Promise<unknown>;
    readonly end: Worker["end"];
  }>;
};

export function openScenario(world: Parameters<typeof createTestWorld>[0] = {}): RepairScenario {
  const test = createTestWorld(world);
  const sent: GitHubEvent[] = [];
  test.world.onEvent((event) => event.event === "repository_dispatch" && sent.push(event));
  let runs = 0;
  const queueWorker = (): WorkerRun => {
    const event = sent.at(-1)?.payload;
    if (event === undefined) throw new Error("Nothing was dispatched, so no worker starts.");
    return { runId: queueRun(test, event), event };
  };
  return {
    test,
    tick: (options = {}) => dispatch(test, { runId: ++runs, ...options }),
    queueWorker,
    startWorker: () => startWorker(test, queueWorker()),
    pass: (minutes) => test.clock.advance(minutes * MINUTE),
  };
}

/** A run of the repair workflow for a dispatch, which no machine has taken yet. @returns its id */
export function queueRun(test: TestWorld, event: WorkerRun["event"]): number {
  const { id } = test.world.runner(SHOP).startRun({
    workflowPath: REPAIR_WORKFLOW,
    displayTitle: `patchpilot ${orderIn(event).key}`,
    event: "repository_dispatch",
    actor: GITHUB_ACTIONS_BOT,
  });
  return id;
}

async function startWorker(test: TestWorld, run: WorkerRun): Promise<Worker> {
  const runner = test.world.runner(SHOP);
  const id = Number(run.runId);
  runner.updateRun(id, { status: "in_progress" });
  const { outputs: claimed } = await claim(test, run);
  return {
    publish: (options = {}) => propose(test, { ...run, claimed, ...options }),
    claimAgain: (options = {}) => claim(test, { ...run, ...options }),
    end: (conclusion) => void runner.updateRun(id, { status: "completed", conclusion }),
  };
}

/** What a repository_dispatch of PatchPilot asks for. */
export const orderIn = (event: WorkerRun["event"]): WorkOrder =>
  (event["client_payload"] as { patchpilot: WorkOrder }).patchpilot;

/** The newest work order; a run of the repair workflow is queued for it. */
export const takeOrder = ({ queueWorker }: Pick<RepairScenario, "queueWorker">): WorkOrder =>
  orderIn(queueWorker().event);

/** A worker runs to its end and leaves a pull request. */
export async function publishFix(
  { startWorker }: Pick<WithWorkers, "startWorker">,
  options?: Publication,
): Promise<void> {
  const worker = await startWorker();
  await worker.publish(options);
  worker.end("success");
}

/** Attempt 1 gets a pull request, and dispatch knows. */
export async function proposeFix(scenario: RepairScenario): Promise<{ issue: number; pull: number }> {
  const issue = addIncident(scenario.test);
  await scenario.tick();
  await publishFix(scenario);
  await scenario.tick();
  return { issue, pull: findOpenPull(scenario.test).number };
}

/** A worker runs to its end and leaves no more than its `result.json`. */
export async function endWith(
  { test, startWorker }: WithWorkers,
  conclusion: "success" | "failure",
  result: Readonly<Record<string, unknown>>,
): Promise<void> {
  (await startWorker()).end(conclusion);
  leave(test, "patch", { "result.json": JSON.stringify({ v: 1, step: "work", ...result }) });
}

/** The newest run leaves an artifact. */
export function leave(test: TestWorld, name: string, content: Readonly<Record<string, string>>): void {
  const runId = test.world.repository(SHOP).runs.list().at(-1)?.id ?? 0;
  test.world.runner(SHOP).addArtifact({ runId, name, content });
}

/** Merges the open pull request, as the maintainer does. @returns its number */
export function mergePullRequest({ test }: Pick<RepairScenario, "test">): number {
  const { number } = findOpenPull(test);
  test.world.as("maya").markReady(number);
  test.world.as("maya").mergePull(number);
  return number;
}

/** Closes the open pull request without a merge. */
export const declinePullRequest = ({ test }: Pick<RepairScenario, "test">): void =>
  void test.world.as("maya").closePull(findOpenPull(test).number);

/** The pull request that is open. */
export function findOpenPull(test: TestWorld) {
  const { issues } = test.world.repository(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open === undefined) throw new Error("No pull request is open.");
  return open;
}

/** The phase that the issue's label shows. @throws Error where it has none or several */
export function readPhase(test: TestWorld, issue: number): Phase {
  const labels = readLabels(test, issue);
  const [phase, ...others] = PHASES.filter((each) => labels.includes(phaseLabel(each)));
  if (phase === undefined || others.length > 0)
    throw new Error(`#${issue} should have one label of a phase and has ${labels.join(", ") || "no label"}.`);
  return phase;
}

export function readLabels({ world }: TestWorld, issue: number): string[] {
  const repository = world.repository(SHOP);
  const ids = new Set(repository.issues.get(issue)?.labelIds);
  return repository.labels
    .list()
    .filter(({ id }) => ids.has(id))
    .map(({ name }) => name);
}

/** The text of the issue's comments, one after the other. */
export const readComments = ({ world }: TestWorld, issue: number): string =>
  world
    .repository(SHOP)
    .comments.list()
    .filter(({ issueNumber }) => issueNumber === issue)
    .map(({ body }) => body)
    .join("\n\n");
