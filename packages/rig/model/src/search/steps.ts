import { crashDispatch, stepDispatch, STEP } from "../actors/dispatch-run.ts";
import { stepPeople } from "../actors/people.ts";
import type { Emit, Scene } from "../actors/scene.ts";
import { crashWorker, stepWorker } from "../actors/worker.ts";
import type { Config } from "../decide/config.ts";
import { DispatchJudge } from "../decide/dispatch-judge.ts";
import { WorkerJudge } from "../decide/worker-judge.ts";
import { Facts } from "../github/facts.ts";
import { AT, change, ISSUE, issueAt, read, runAt, STATE_SIZE, type State } from "../github/state.ts";

export function createScene(config: Config): Scene {
  const facts = new Facts();
  return { config, facts, dispatch: new DispatchJudge(facts, config), worker: new WorkerJudge(facts, config), isFair: false };
}

/** Accepted incidents, and nothing else yet. */
export function firstState({ config, facts }: Scene): State {
  const state = new Uint32Array(STATE_SIZE);
  for (let issue = 0; issue < config.issues; issue += 1)
    state[issueAt(issue) + ISSUE.face] = facts.faces.number({ open: true, held: false });
  return state;
}

/** Every state that can come next, always in the same order. */
export function listSteps(scene: Scene, state: State, emit: Emit): void {
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
  if (read(state, AT.clock) < config.ticks)
    emit(change(state, [AT.clock, read(state, AT.clock) + 1], [AT.lagging, 0], [AT.lagged, 0]), "time passes");
}
