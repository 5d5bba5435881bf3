import { viewIssue } from "../actors/dispatch/begin.ts";
import { stepDispatch } from "../actors/dispatch/step-dispatch.ts";
import { STEP } from "../actors/dispatch/turn.ts";
import type { ModelScene } from "../actors/scene.ts";
import { stepWorker } from "../actors/worker/step-worker.ts";
import { WORK } from "../actors/worker/steps.ts";
import { AT, ATTEMPT, FAIR_RUN, MODEL_ISSUE, ROOM, RUN, WORKER } from "../github/places.ts";
import {
  attemptAt,
  change,
  countClaims,
  issueAt,
  read,
  runAt,
  type State,
  workerAt,
} from "../github/state.ts";
import { Fingerprints } from "../search/fingerprints.ts";
import type { Breach } from "./invariants.ts";

/** Rounds of time and one run of dispatch each; the longest way that was seen takes half of them. */
const ROUNDS = 24;

/**
 * What becomes of a state once faults stop: everybody who lives continues, GitHub ends runs without a runner, people merge
 * what is open, and a run of dispatch comes by after each tick. The way from a state is always the same, so what has
 * ended well once is known for all that lead there.
 */
export class FairPlay {
  readonly #scene: ModelScene;
  readonly #good = new Fingerprints();

  constructor(scene: ModelScene) {
    this.#scene = { ...scene, isFair: true };
  }

  judge(from: State): Breach | undefined {
    const way: State[] = [];
    let state: State | undefined = change(
      from,
      [AT.lagging, 0],
      [AT.lagged, 0],
      [AT.faults, 0],
      [AT.deeds, 0],
    );
    let at = state;
    for (; state !== undefined; state = this.#next(at)) {
      if (this.#good.has(state)) return this.#remember(way);
      way.push(state);
      at = state;
    }
    return this.#playRounds(at, way);
  }

  #playRounds(from: State, way: State[]): Breach | undefined {
    let state = from;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0 && this.#good.has(state)) return this.#remember(way);
      way.push(state);
      const before = state;
      state = this.#round(state);
      const isStill = change(state, [AT.clock, 0]).every(
        (value, place) => place === AT.clock || value === before[place],
      );
      // The limits are over after three ticks without a change.
      if (isStill && round > 4 && this.#isStillFor(state, 4))
        return this.#judgeEnd(state) ?? this.#remember(way);
    }
    return (
      this.#judgeEnd(state) ?? {
        invariant: "every-incident-served",
        detail: `it does not come to rest in ${ROUNDS} rounds`,
      }
    );
  }

  #isStillFor(from: State, rounds: number): boolean {
    let state = from;
    for (let round = 0; round < rounds; round += 1) state = this.#round(state);
    return change(state, [AT.clock, 0]).every((value, place) => place === AT.clock || value === from[place]);
  }

  #remember(way: readonly State[]): undefined {
    for (const state of way) this.#good.add(state);
  }

  /** Lets all that are alive go on to their ends. */
  #finish(from: State): State {
    let state = from;
    for (;;) {
      const next = this.#next(state);
      if (next === undefined) return state;
      state = next;
    }
  }

  #next(state: State): State | undefined {
    let next: State | undefined;
    const take = (taken: State) => {
      next ??= taken;
    };
    for (let run = 0; run < ROOM.dispatchers && next === undefined; run += 1) {
      const step = read(state, runAt(run));
      if (step !== STEP.idle && step !== STEP.ended) stepDispatch(this.#scene, state, run, take);
    }
    for (let worker = 0; worker < ROOM.workers && next === undefined; worker += 1) {
      const step = read(state, workerAt(worker));
      if (step !== WORK.none && step !== WORK.ended) stepWorker(this.#scene, state, worker, take);
    }
    return next;
  }

  /** A tick; people merge; one run of dispatch for each issue. */
  #round(from: State): State {
    let state = mergeAll(this.#scene, change(from, [AT.clock, read(from, AT.clock) + 1]));
    for (let issue = 0; issue < this.#scene.config.issues; issue += 1) {
      state = this.#makeRoom(state);
      const begun: State[] = [];
      const idle = state.slice();
      idle.fill(0, runAt(FAIR_RUN), runAt(FAIR_RUN) + RUN.end);
      stepDispatch(this.#scene, idle, FAIR_RUN, (next) => begun.push(next));
      state = this.#finish(begun[issue] as State);
    }
    state.fill(0, runAt(FAIR_RUN), runAt(FAIR_RUN) + RUN.end);
    return state;
  }

  /** The room of the model is no limit of the world: who comes next gets the place of the last worker whose attempt is over. */
  #makeRoom(from: State): State {
    const { config, facts } = this.#scene;
    const last = config.workers - 1;
    const order = facts.orders.find(read(from, workerAt(last) + WORKER.order));
    if (order === undefined || read(from, workerAt(last)) !== WORK.ended) return from;
    const gate = read(from, attemptAt(order.issue, order.attempt) + ATTEMPT.gate);
    if (facts.gates.find(gate)?.state !== "closed") return from;
    const state = from.slice();
    state.fill(0, workerAt(last), workerAt(last) + WORKER.end);
    return state;
  }

  /** Nothing is sent, sent again or confirmed while somebody holds the issue, so its attempt waits for that label. */
  #isHeldBack(state: State, issue: number, view: number): boolean {
    const face = this.#scene.facts.faces.get(read(state, issueAt(issue) + MODEL_ISSUE.face));
    return face.held && ["loss", "takeover"].includes(this.#scene.dispatch.settle(view).kind);
  }

  #judgeEnd(state: State): Breach | undefined {
    const { config, facts } = this.#scene;
    for (let issue = 0; issue < config.issues; issue += 1) {
      const claims = countClaims(state, issue);
      const last = readLast(this.#scene, state, issue);
      const isHeldBack = this.#isHeldBack(state, issue, last.view);
      for (let attempt = 1; attempt <= ROOM.attempts; attempt += 1) {
        const base = attemptAt(issue, attempt);
        const isOpen = facts.gates.find(read(state, base + ATTEMPT.gate))?.state !== "closed";
        if (isOpen && isHeldBack && attempt === claims) continue;
        if (isOpen && (attempt <= claims || read(state, base + ATTEMPT.sent) > 0))
          return {
            invariant: "every-attempt-settled",
            detail: `attempt ${attempt} of issue ${issue} has no outcome`,
          };
      }
      const waits = this.#scene.dispatch.nameWait(last, config.attempts);
      if (waits !== undefined)
        return { invariant: "every-incident-served", detail: `issue ${issue}: ${waits}` };
    }
    return undefined;
  }
}

/** What a run of dispatch that begins now would know. */
function readLast(
  scene: ModelScene,
  state: State,
  issue: number,
): { readonly view: number; readonly book: number } {
  let found = { view: 0, book: 0 };
  const idle = state.slice();
  idle.fill(0, runAt(FAIR_RUN), runAt(FAIR_RUN) + RUN.end);
  let at = 0;
  stepDispatch(scene, idle, FAIR_RUN, (begun) => {
    if (at === issue) found = followReads(scene, begun, viewIssue(scene, state, issue));
    at += 1;
  });
  return found;
}

const READS: readonly number[] = [STEP.runs, STEP.gate, STEP.branch];

function followReads(
  scene: ModelScene,
  begun: State,
  view: number,
): { readonly view: number; readonly book: number } {
  let state = begun;
  let known = { view, book: read(begun, AT.book) };
  for (;;) {
    if (read(state, runAt(FAIR_RUN)) !== STEP.ended)
      known = { view: read(state, runAt(FAIR_RUN) + RUN.view), book: read(state, AT.book) };
    if (!READS.includes(read(state, runAt(FAIR_RUN)))) return known;
    let next = state;
    stepDispatch(scene, state, FAIR_RUN, (taken) => {
      next = taken;
    });
    state = next;
  }
}

function mergeAll({ config, facts }: ModelScene, from: State): State {
  const state = from.slice();
  for (let issue = 0; issue < config.issues; issue += 1)
    for (let attempt = 1; attempt <= ROOM.attempts; attempt += 1) {
      const place = attemptAt(issue, attempt) + ATTEMPT.branch;
      const branch = facts.branches.find(read(state, place));
      if (branch?.pull?.state === "open")
        state[place] = facts.branches.number({ ...branch, pull: { ...branch.pull, state: "merged" } });
    }
  return state;
}
