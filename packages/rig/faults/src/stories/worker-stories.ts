import { claim, propose, proposeAlone } from "@patchpilot/conformance/worlds/run-actions";
import { openScenario, proposeFix, type RepairScenario } from "@patchpilot/conformance/worlds/scenario";
import { addIncident, createTestWorld, SHOP } from "@patchpilot/conformance/worlds/world";
import { dispatchOn, hearDispatches, startRounds } from "./go-on.ts";
import { KEPT, type RunWords, type Story, type StoryStage } from "./story.ts";

async function working(scenario: RepairScenario): Promise<void> {
  addIncident(scenario.test);
  await scenario.tick();
}

async function answering(scenario: RepairScenario): Promise<void> {
  const { pull } = await proposeFix(scenario);
  const review = { state: "changes_requested", body: "Test the empty cart, too" } as const;
  scenario.test.world.as("maya").review(pull, review);
  await scenario.tick();
}

/** A job of the repair workflow, whose run ends red where the job fails. */
const inWorker = (
  action: "claim" | "propose",
  story: string,
  before: (scenario: RepairScenario) => Promise<void>,
): Story => ({
  action,
  story,
  isComparedByPhases: true,
  open: async () => {
    const scenario = openScenario(KEPT);
    await before(scenario);
    return action === "claim" ? atTheGate(scenario) : withPatch(scenario);
  },
});

function atTheGate({ test, queueWorker }: RepairScenario): StoryStage {
  const worker = queueWorker();
  const workers = hearDispatches(test);
  const runner = test.world.runner(SHOP);
  const id = Number(worker.runId);
  runner.updateRun(id, { status: "in_progress" });
  const begin = startRounds(test);
  let claimed: Awaited<ReturnType<typeof claim>>["outputs"] | undefined;
  return {
    test,
    run: async (wires) => {
      const said = await claim(test, { ...worker, ...wires });
      claimed = said.failure === undefined ? said.outputs : undefined;
      return said;
    },
    goOn: async () => {
      if (claimed?.proceed) await propose(test, { ...worker, claimed });
      const conclusion = claimed === undefined ? "failure" : "success";
      runner.updateRun(id, { status: "completed", conclusion });
      await dispatchOn(test, workers, begin, { rounds: 4 });
    },
    carried: () => ({ claimed, at: test.clock.now() }),
  };
}

async function withPatch({ test, queueWorker }: RepairScenario): Promise<StoryStage> {
  const worker = queueWorker();
  const workers = hearDispatches(test);
  const runner = test.world.runner(SHOP);
  const id = Number(worker.runId);
  runner.updateRun(id, { status: "in_progress" });
  const { outputs: claimed } = await claim(test, worker);
  const begin = startRounds(test);
  let said: RunWords | undefined;
  const isRed = (): boolean => said === undefined || said.failure !== undefined;
  return {
    test,
    run: async (wires) => {
      said = await propose(test, { ...worker, claimed, ...wires });
      return said;
    },
    goOn: async () => {
      runner.updateRun(id, { status: "completed", conclusion: isRed() ? "failure" : "success" });
      await dispatchOn(test, workers, begin, { rounds: 4 });
    },
    carried: () => ({ isRed: isRed(), at: test.clock.now() }),
  };
}

/** A person runs the job again where it failed, and once more where it did not. */
const alone: Story = {
  action: "propose",
  story: "alone",
  open: async () => {
    const test = createTestWorld(KEPT);
    const begin = startRounds(test);
    return {
      test,
      run: (wires) => proposeAlone(test, { runId: 700, ...wires }),
      goOn: async () => {
        begin(0);
        await proposeAlone(test, { runId: 700, runAttempt: 2 });
      },
    };
  },
};

export const WORKER_STORIES: readonly Story[] = [
  inWorker("claim", "dispatched", working),
  inWorker("claim", "changes asked for", answering),
  inWorker("propose", "with a patch", working),
  inWorker("propose", "on its pull request", answering),
  alone,
];
