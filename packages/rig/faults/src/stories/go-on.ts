import { type ActionRun, claim, dispatch, propose } from "@patchpilot/conformance/worlds/run-actions";
import { orderIn, queueRun, type WorkerRun } from "@patchpilot/conformance/worlds/scenario";
import { SHOP, type TestWorld } from "@patchpilot/conformance/worlds/world";
import { MINUTE } from "@patchpilot/time";

/** Longer than a lease, a start and whatever a fault made a run wait. */
const BETWEEN = 45 * MINUTE;

/** Runs of the repair workflow, each of which begins when it is dispatched and is served later. */
export type Workers = {
  readonly serve: () => Promise<void>;
  /** Keys in the order in which they were dispatched. */
  readonly dispatched: readonly string[];
};

export function hearDispatches(test: TestWorld): Workers {
  const waiting: WorkerRun[] = [];
  const dispatched: string[] = [];
  test.world.onEvent(({ event, payload }) => {
    if (event !== "repository_dispatch") return;
    dispatched.push(orderIn(payload).key);
    waiting.push({ runId: queueRun(test, payload), event: payload });
  });
  return {
    dispatched,
    serve: async () => {
      for (const run of waiting.splice(0)) await serve(test, run);
    },
  };
}

async function serve(test: TestWorld, run: WorkerRun): Promise<void> {
  const runner = test.world.runner(SHOP);
  const id = Number(run.runId);
  runner.updateRun(id, { status: "in_progress" });
  const { outputs: claimed } = await claim(test, run);
  if (claimed.proceed) await propose(test, { ...run, claimed });
  runner.updateRun(id, { status: "completed", conclusion: "success" });
}

/** Sets the clock at which each round after the run begins, however long the run took: call it before the run. */
export function startRounds({ clock }: TestWorld): (round: number) => void {
  const began = clock.now();
  return (round) => clock.set(began + (round + 1) * BETWEEN);
}

/** Scheduled runs of `dispatch`, with workers in between, until nothing moves any more. */
export async function dispatchOn(
  test: TestWorld,
  workers: Workers,
  begin: ReturnType<typeof startRounds>,
  { rounds = 3, ...run }: Partial<ActionRun> & { readonly rounds?: number } = {},
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    begin(round);
    await dispatch(test, { runId: `before-${round}`, ...run });
    await workers.serve();
    await dispatch(test, { runId: `after-${round}`, ...run });
  }
}
