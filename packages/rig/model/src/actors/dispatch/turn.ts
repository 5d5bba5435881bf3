import type { ReadView } from "../../github/facts.ts";
import { RUN } from "../../github/places.ts";
import { clear, move, type PlaceChanges, read, runAt, type State } from "../../github/state.ts";
import type { SceneTurn } from "../scene.ts";

/** Before which request a run of dispatch is. */
export const STEP = {
  ...{ idle: 0, runs: 1, gate: 2, branch: 3, rerun: 4, close: 5, settle: 6, settleRead: 7, reserve: 8 },
  ...{
    reserveRead: 9,
    claim: 10,
    lookRuns: 11,
    lookGate: 12,
    clock: 13,
    send: 14,
    confirm: 15,
    write: 16,
    ended: 17,
  },
} as const;

export type DispatchTurn = SceneTurn & { readonly run: number };

export const runReg = ({ state, run }: Pick<DispatchTurn, "state" | "run">, place: number): number =>
  read(state, runAt(run) + place);

export const ownIssue = (turn: DispatchTurn): number => runReg(turn, RUN.issue);

export const goRun = (turn: DispatchTurn, step: number, ...places: PlaceChanges): State =>
  move(turn.state, runAt(turn.run), step, places);

export function finishRun(state: State, run: number): void {
  state[runAt(run)] = STEP.ended;
  clear(state, runAt(run), RUN.end);
}

export const known = (state: State, run: number) => ({
  view: read(state, runAt(run) + RUN.view),
  closed: read(state, runAt(run) + RUN.closed),
  book: read(state, runAt(run) + RUN.book),
});

export const ownView = (turn: DispatchTurn): ReadView => turn.scene.facts.views.get(runReg(turn, RUN.view));

export const ownAttempt = (turn: DispatchTurn): number => ownView(turn).claims.length;

export function planned(turn: DispatchTurn) {
  const { view, closed, book } = known(turn.state, turn.run);
  return turn.scene.dispatch.claim(view, turn.run, closed, book);
}

export function isRepeat(turn: DispatchTurn): boolean {
  const { view, closed, book } = known(turn.state, turn.run);
  return turn.scene.dispatch.choose(view, turn.run, closed, book).kind === "repeat";
}
