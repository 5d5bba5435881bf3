import { AT, RUN } from "../../github/places.ts";
import { runAt, type State } from "../../github/state.ts";
import { type ModelScene, readPlaces, writeRef } from "../scene.ts";
import { type DispatchTurn, goRun, runReg, STEP } from "./turn.ts";

/** Writes of one change of the sum. */
export const TRIES = 3;

/** As `changeSpendBook` of the ledger writes it: from what was read, and again from what it says then. */
export function writeBook(
  turn: DispatchTurn,
  to: number,
  what: string,
  again: number,
  then: (scene: ModelScene, next: State, run: number) => State,
): void {
  const { scene, state, run, emit } = turn;
  const isForced = scene.config.without === "book-fast-forward";
  writeRef(
    scene,
    state,
    emit,
    { place: AT.book, from: runReg(turn, RUN.book), to, what, isForced },
    (next, reply) => {
      const base = runAt(run);
      if (reply === "done") {
        next[base + RUN.book] = to;
        next.set(then(scene, next, run));
        return;
      }
      next[base] = again;
      next[base + RUN.tries] = runReg(turn, RUN.tries) + 1;
    },
  );
}

export function rereadBook(
  turn: DispatchTurn,
  then: (scene: ModelScene, next: State, run: number) => State,
): void {
  const { scene, state, run, emit } = turn;
  for (const book of readPlaces(state, [AT.book], (at) => at(AT.book)))
    emit(then(scene, goRun(turn, STEP.settle, [RUN.book, book]), run), `dispatch ${run} reads the sum again`);
}
