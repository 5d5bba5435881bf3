import { CLOSED } from "../../decide/settling-judge.ts";
import { findBranchAttempt, toClaims } from "../../decide/to-facts.ts";
import { ATTEMPT, RUN } from "../../github/places.ts";
import { attemptAt, change, read, runAt, type State } from "../../github/state.ts";
import { type ModelScene, type WriteReply, writeRef } from "../scene.ts";
import { TRIES, writeBook } from "./book.ts";
import { toChoice } from "./open.ts";
import { type DispatchTurn, known, ownAttempt, ownView, runReg, STEP } from "./turn.ts";

/** Everything is read: what follows needs no request until the next write. */
export function afterReading(scene: ModelScene, state: State, run: number): State {
  const view = read(state, runAt(run) + RUN.view);
  if (scene.dispatch.isRerunDue(view)) return change(state, [runAt(run), STEP.rerun]);
  if (scene.dispatch.settle(view).kind === "close") return change(state, [runAt(run), STEP.close]);
  return afterClosing(scene, state, run);
}

export function stepRerun(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const view = ownView(turn);
  const place =
    attemptAt(view.issue, findBranchAttempt(toClaims(scene.facts, view.issue, view.claims))) + ATTEMPT.branch;
  const branch = scene.facts.branches.get(read(state, place));
  const isStill = branch.ci?.state === "red" && branch.ci.starts === 1;
  const to = isStill
    ? scene.facts.branches.number({ ...branch, ci: { starts: 2, state: "pending" } })
    : read(state, place);
  writeRef(
    scene,
    state,
    emit,
    { place, from: read(state, place), to, what: `dispatch ${run} has failed jobs run again` },
    (next) => {
      next[runAt(run) + RUN.view] = scene.facts.views.number({ ...view, reran: true });
      next.set(afterReading(scene, next, run));
    },
  );
}

const CLOSED_BY = { done: CLOSED.done, refused: CLOSED.moved, unknown: CLOSED.unknown } as const;

export function stepClose(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const { without } = scene.config;
  const view = ownView(turn);
  const { gate: to, outcome } = scene.dispatch.settle(runReg(turn, RUN.view));
  const place = attemptAt(view.issue, ownAttempt(turn)) + ATTEMPT.gate;
  const what = `dispatch ${run} closes the gate of attempt ${ownAttempt(turn)} as ${outcome}`;
  const then = (next: State, reply: WriteReply) => {
    next[runAt(run) + RUN.closed] = without === "closing-awaited" ? CLOSED.done : CLOSED_BY[reply];
    next.set(afterClosing(scene, next, run));
  };
  if (without === "outcome-without-closing") {
    const next = state.slice();
    then(next, "done");
    emit(next, `${what}: pretended`);
    return;
  }
  writeRef(
    scene,
    state,
    emit,
    { place, from: view.gate, to, what, isForced: without === "gate-fast-forward" },
    then,
  );
}

/** What an attempt has spent is known, or the next one is chosen. */
export function afterClosing(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  if (scene.config.caps !== undefined && read(state, runAt(run) + RUN.tries) < TRIES) {
    const to = scene.dispatch.settleMoney(view, run, closed, book);
    if (to !== book) return change(state, [runAt(run), STEP.settle]);
  }
  return toChoice(scene, change(state, [runAt(run) + RUN.tries, 0]), run);
}

export function stepSettle(turn: DispatchTurn): void {
  const { scene, state, run } = turn;
  const { view, closed, book } = known(state, run);
  const to = scene.dispatch.settleMoney(view, run, closed, book);
  writeBook(
    turn,
    to,
    `dispatch ${run} writes down what attempt ${ownAttempt(turn)} spent`,
    STEP.settleRead,
    afterClosing,
  );
}
