import { CONFIGS } from "@patchpilot/model/configs";
import { createScene, firstState, listSteps } from "@patchpilot/model/steps";
import { expect, test } from "vitest";
import { recordRequests } from "../../worlds/name-requests.ts";
import { claim, propose } from "../../worlds/run-actions.ts";
import { openScenario } from "../../worlds/scenario.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();

/** What a step of the model reads or writes, by its words. The first that fits counts; what fits none asks for nothing. */
const STEPS: readonly (readonly [words: RegExp, kinds: readonly string[]])[] = [
  [/reads issue \d with its claims|reads the issue/, ["issue", "claim"]],
  [/reads the run list|looks for a run/, ["runs"]],
  [/reads (?:the|its) gate|looks at the gate/, ["gate"]],
  [/reads pull request and issue/, ["pull request", "issue"]],
  [/reads the pull request/, ["pull request"]],
  [/reserves/, ["write sum"]],
  [/claims attempt|takes over attempt|confirms attempt/, ["write claim"]],
  [/(?:passes|moves) its gate|closes the gate|records its commit/, ["write gate"]],
  [/sends attempt/, ["send"]],
  [/pushes its commit/, ["push"]],
  [/opens its pull request/, ["open pull request"]],
  // In one step: a record that moved on, or is older than its claims say, is left alone.
  [/writes the records/, ["claim", "write records"]],
];

/** The model, one actor after the other, without a fault. */
function openModel(name: string, changes: object = {}) {
  const config = CONFIGS.find((each) => each.name === name);
  if (config === undefined) throw new Error(`The model has no configuration ${name}.`);
  const scene = createScene({ ...config, runs: 3, attempts: 2, workers: 2, ticks: 3, ...changes });
  let state = firstState(scene);
  /** Takes the first step whose words fit. @returns them, or undefined if there is none */
  const step = (fits: (words: string) => boolean): string | undefined => {
    let taken: string | undefined;
    const before = state;
    listSteps(scene, before, (next, words) => {
      if (taken !== undefined || !fits(words)) return;
      taken = words;
      state = next;
    });
    return taken;
  };
  return {
    step,
    /** Lets one actor go on until a step that fits, or to its end. @returns what it asked for */
    play: (actor: string, until?: RegExp): string[] => {
      const asked: string[] = [];
      for (;;) {
        const words = step((each) => each.startsWith(`${actor} `) && !/ dies$| loses its runner$/.test(each));
        if (words === undefined) return asked;
        const kinds = STEPS.find(([each]) => each.test(words))?.[1] ?? [];
        for (const kind of kinds) if (kind !== asked.at(-1)) asked.push(kind);
        if (until?.test(words)) return asked;
      }
    },
  };
}

function openReal() {
  const scenario = openScenario();
  watch(scenario.test.simulator);
  addIncident(scenario.test);
  const { fetch, take } = recordRequests(scenario.test);
  const tick = async (options: Parameters<typeof scenario.tick>[0] = {}): Promise<string[]> => {
    await scenario.tick({ fetch, ...options });
    return take();
  };
  return { scenario, fetch, take, tick };
}

test("a run of dispatch that opens an attempt asks as the model's does", async () => {
  const { tick } = openReal();
  expect(await tick()).toEqual(openModel("tiny").play("dispatch 0"));
});

test("a worker that publishes asks as the model's does, but for the status, which decides nothing", async () => {
  const { scenario, fetch, take, tick } = openReal();
  await tick();
  const run = scenario.queueWorker();
  const { outputs: claimed } = await claim(scenario.test, { ...run, fetch });
  await propose(scenario.test, { ...run, claimed, fetch });
  const asked = take();
  const model = openModel("tiny");
  model.play("dispatch 0");
  expect(asked.slice(0, asked.lastIndexOf("write gate") + 1)).toEqual(model.play("worker 0"));
});

test("a run of dispatch that settles an attempt and opens the next asks as the model's does", async () => {
  const { scenario, tick } = openReal();
  await tick();
  const run = scenario.queueWorker();
  await claim(scenario.test, run);
  scenario.test.world
    .runner(SHOP)
    .updateRun(Number(run.runId), { status: "completed", conclusion: "failure" });
  const model = openModel("tiny", { work: ["failed"] });
  model.play("dispatch 0");
  model.play("worker 0");
  expect(await tick()).toEqual(model.play("dispatch 1"));
});

/** A run that claims and never sends; another one takes the attempt over once the lease is over. */
async function takeOver(
  changes: object = {},
): Promise<{ readonly asked: string[]; readonly model: string[] }> {
  const { scenario, fetch, tick } = openReal();
  const lose: typeof globalThis.fetch = async (input, init) => {
    if (new Request(input, init).url.endsWith("/dispatches")) throw new TypeError("fetch failed");
    return fetch(input, init);
  };
  await tick({ fetch: lose });
  scenario.pass(20);
  const model = openModel("tiny", changes);
  model.play("dispatch 0", /claims attempt/);
  model.step((words) => words === "dispatch 0 dies");
  model.step((words) => words === "time passes");
  return { asked: await tick(), model: model.play("dispatch 1") };
}

test("a run of dispatch that takes an attempt over asks as the model's does", async () => {
  const { asked, model } = await takeOver();
  expect(asked).toEqual(model);
});

test("a model that leaves a request out is told from the code", async () => {
  const { asked, model } = await takeOver({ without: "takeover-looks" });
  expect(asked).not.toEqual(model);
});

test("a run of dispatch that reserves asks as the model's does", async () => {
  const { tick } = openReal();
  const asked = await tick({ inputs: { "max-usd-per-attempt": "5", "max-usd-per-month": "5" } });
  const model = openModel("money", { issues: 1 });
  expect(asked.filter((kind) => kind !== "sum")).toEqual(model.play("dispatch 0"));
});
