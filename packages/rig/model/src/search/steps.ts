import { crashDispatch, stepDispatch } from "../actors/dispatch/step-dispatch.ts";
import { STEP } from "../actors/dispatch/turn.ts";
import { stepPeople } from "../actors/people.ts";
import type { ModelScene, TakeNext } from "../actors/scene.ts";
import { crashWorker, stepWorker } from "../actors/worker/step-worker.ts";
import { WORK } from "../actors/worker/steps.ts";
import type { Config } from "../decide/config.ts";
import { DispatchJudge } from "../decide/dispatch-judge.ts";
import { WorkerJudge } from "../decide/worker-judge.ts";
import { Facts } from "../github/facts.ts";
import { AT, MODEL_ISSUE } from "../github/places.ts";
import { change, issueAt, read, runAt, STATE_SIZE, type State, workerAt } from "../github/state.ts";

export function createScene(config: Config): ModelScene {
  const facts = new Facts();
  return {
    config,
    facts,
    dispatch: new DispatchJudge(facts, config),
    worker: new WorkerJudge(facts, config),
    isFair: false,
  };
}

/** Accepted incidents, and nothing else yet, or what has come of them where the configuration begins. */
export function firstState(scene: ModelScene): State {
  const { config, facts } = scene;
  const state = new Uint32Array(STATE_SIZE);
  for (let issue = 0; issue < config.issues; issue += 1)
    state[issueAt(issue) + MODEL_ISSUE.face] = facts.faces.number({ open: true, held: false });
  if (config.begins === undefined) return state;
  const sent = playAlone(state, (from, emit) => stepDispatch(scene, from, 0, emit));
  if (config.begins === "first-sent") return sent;
  const ended = playAlone(sent, (from, emit) => {
    if (read(from, workerAt(0)) !== WORK.ended) stepWorker(scene, from, 0, emit);
  });
  if (config.begins === "first-ended") return ended;
  const reviewing = { ...scene, config: { ...config, may: ["review"], deeds: 1 } } as const;
  const reviewed = playAlone(ended, (from, emit) => stepPeople(reviewing, from, emit));
  return playAlone(reviewed, (from, emit) => stepDispatch(scene, from, 1, emit));
}

/** Takes the first step each time, which is the one without a fault, until there is none. */
function playAlone(from: State, step: (state: State, emit: TakeNext) => void): State {
  let state = from;
  for (;;) {
    const steps: State[] = [];
    step(state, (next) => steps.push(next));
    const [next] = steps;
    if (next === undefined) return state;
    state = next;
  }
}

/** Every state that can come next, always in the same order. */
export function listSteps(scene: ModelScene, state: State, emit: TakeNext): void {
  const { config } = scene;
  for (let run = 0; run < config.runs; run += 1) {
    // Runs that have not begun are alike, so they begin in order.
    if (run > 0 && read(state, runAt(run - 1)) === STEP.idle) break;
    stepDispatch(scene, state, run, emit);
    const crashed = config.crashes === false ? undefined : crashDispatch(state, run);
    if (crashed !== undefined) emit(crashed, `dispatch ${run} dies`);
  }
  for (let worker = 0; worker < config.workers; worker += 1) {
    stepWorker(scene, state, worker, emit);
    const crashed = config.crashes === false ? undefined : crashWorker(state, worker);
    if (crashed !== undefined) emit(crashed, `worker ${worker} loses its runner`);
  }
  stepPeople(scene, state, emit);
  if (
    read(state, AT.clock) < config.ticks &&
    !(config.isPrompt === true && config.without !== "orders-prompt" && isSending(scene, state))
  )
    emit(
      change(state, [AT.clock, read(state, AT.clock) + 1], [AT.lagging, 0], [AT.lagged, 0]),
      "time passes",
    );
}

const isSending = ({ config }: ModelScene, state: State): boolean =>
  Array.from({ length: config.runs }, (_, run) => read(state, runAt(run))).includes(STEP.send);
