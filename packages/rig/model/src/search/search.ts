import type { ModelScene } from "../actors/scene.ts";
import type { Config } from "../decide/config.ts";
import type { State } from "../github/state.ts";
import { type Breach, judgeStep } from "../promises/invariants.ts";
import { FairPlay } from "../promises/liveness.ts";
import { Fingerprints } from "./fingerprints.ts";
import { createScene, firstState, listSteps } from "./steps.ts";

/** What a search has seen. */
export type Searched = {
  readonly config: string;
  /** Steps that were taken, and states that they led to. */
  readonly steps: number;
  readonly states: number;
  /** Steps on the shortest way to the furthest state, or to the breach. */
  readonly depth: number;
  readonly seconds: number;
  /** Every state within the bounds of the configuration was seen. */
  readonly isComplete: boolean;
  /** States from which a schedule without faults was played. */
  readonly played: number;
  readonly breach?: Breach & { readonly trace: readonly string[] };
};

export type SearchLimits = {
  /** Most distinct states. */
  readonly most?: number;
  /** Whether liveness is judged from each state. */
  readonly isFairPlayed?: boolean;
  readonly onLevel?: (depth: number, states: number) => void;
};

/** Goes through all states, the nearest first, until a promise is broken. */
export function search(config: Config, limits: SearchLimits = {}): Searched {
  const started = performance.now();
  return new Search(config, limits).run(started);
}

/** The breach, the index of the state before it, and the step that made it. */
type Broken = { readonly breach: Breach; readonly parent: number; readonly what: string };

class Search {
  readonly #scene: ModelScene;
  readonly #limits: SearchLimits;
  readonly #seen = new Fingerprints();
  readonly #fair: FairPlay;
  #steps = 0;
  #played = 0;
  #next: State[] = [];
  #indices: number[] = [];
  #breach: Broken | undefined;

  constructor(config: Config, limits: SearchLimits) {
    this.#scene = createScene(config);
    this.#limits = limits;
    this.#fair = new FairPlay(this.#scene);
  }

  run(started: number): Searched {
    const first = firstState(this.#scene);
    this.#seen.add(first);
    let level: State[] = [first];
    let indices = [0];
    let depth = 0;
    while (level.length > 0 && this.#breach === undefined && !this.#isFull()) {
      this.#next = [];
      this.#indices = [];
      for (let at = 0; at < level.length && this.#breach === undefined && !this.#isFull(); at += 1)
        this.#expand(level[at] as State, indices[at] as number);
      level = this.#next;
      indices = this.#indices;
      if (level.length > 0 || this.#breach !== undefined) depth += 1;
      this.#limits.onLevel?.(depth, this.#seen.size);
    }
    const isComplete = level.length === 0 && this.#breach === undefined;
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return {
      ...{
        config: this.#scene.config.name,
        steps: this.#steps,
        states: this.#seen.size,
        depth,
        seconds,
        isComplete,
      },
      played: this.#played,
      ...(this.#breach ? { breach: this.#tell(this.#breach) } : {}),
    };
  }

  #isFull(): boolean {
    return this.#seen.size >= (this.#limits.most ?? Number.POSITIVE_INFINITY);
  }

  #expand(state: State, index: number): void {
    if (this.#limits.isFairPlayed === true) {
      this.#played += 1;
      const breach = this.#fair.judge(state);
      if (breach !== undefined) this.#breach = { breach, parent: index, what: "faults stop" };
    }
    let choice = 0;
    listSteps(this.#scene, state, (after, what, event) => {
      this.#steps += 1;
      const number = choice;
      choice += 1;
      if (this.#breach !== undefined) return;
      const breach = judgeStep(this.#scene, state, after, event);
      if (breach !== undefined) this.#breach = { breach, parent: index, what };
      const added = this.#seen.add(after, index, number);
      if (added === undefined) return;
      this.#next.push(after);
      this.#indices.push(added);
    });
  }

  /** Plays the way to the breach again, for its words. */
  #tell({ breach, parent, what }: Broken): Breach & { readonly trace: readonly string[] } {
    const trace: string[] = [];
    let state = firstState(this.#scene);
    for (const choice of this.#seen.trace(parent)) {
      const taken = takeStep(this.#scene, state, choice);
      trace.push(taken.what);
      state = taken.state;
    }
    return { ...breach, trace: [...trace, what] };
  }
}

/** The step of a number. */
function takeStep(
  scene: ModelScene,
  state: State,
  choice: number,
): { readonly state: State; readonly what: string } {
  let number = 0;
  let taken: { readonly state: State; readonly what: string } | undefined;
  listSteps(scene, state, (next, what) => {
    if (number === choice) taken = { state: next, what };
    number += 1;
  });
  if (taken === undefined) throw new RangeError(`There is no step ${choice}.`);
  return taken;
}
