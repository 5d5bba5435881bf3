import { AT, ATTEMPT, RUN } from "../../github/places.ts";
import { attemptAt, change, read, runAt, type State } from "../../github/state.ts";
import { type ModelScene, writeRef } from "../scene.ts";
import { TRIES, writeBook } from "./book.ts";
import { toWrite } from "./tell.ts";
import { type DispatchTurn, finishRun, isRepeat, known, ownIssue, planned, runReg, STEP } from "./turn.ts";

export function toChoice(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  const choice = scene.dispatch.choose(view, run, closed, book);
  if (choice.kind === "skip") return toWrite(scene, state, run);
  if (choice.attempt > scene.config.attempts) {
    const next = state.slice();
    finishRun(next, run);
    return next;
  }
  const isCounted = scene.config.caps !== undefined && scene.config.without !== "reserving";
  return isCounted ? toReserve(scene, state, run) : change(state, [runAt(run), STEP.claim]);
}

export function toReserve(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  const tries = read(state, runAt(run) + RUN.tries);
  const to = scene.dispatch.reserve(
    view,
    run,
    closed,
    book,
    tries > 0 && scene.config.without === "room-asked-again",
  );
  if (to === book) return change(state, [runAt(run), STEP.claim], [runAt(run) + RUN.tries, 0]);
  if (to === 0 || tries >= TRIES) return toWrite(scene, state, run);
  return change(state, [runAt(run), STEP.reserve]);
}

export function stepReserve(turn: DispatchTurn): void {
  const { scene, state, run } = turn;
  const { view, closed, book } = known(state, run);
  const unasked = runReg(turn, RUN.tries) > 0 && scene.config.without === "room-asked-again";
  const to = scene.dispatch.reserve(view, run, closed, book, unasked);
  writeBook(turn, to, `dispatch ${run} reserves`, STEP.reserveRead, (_, next) =>
    change(next, [runAt(run), STEP.claim], [runAt(run) + RUN.tries, 0]),
  );
}

export function stepClaim(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const { attempt, from, claim: to } = planned(turn);
  const { without } = scene.config;
  const isForced = from === 0 ? without === "claim-created-once" : without === "claim-fast-forward";
  const write = { place: attemptAt(ownIssue(turn), attempt) + ATTEMPT.claim, from, to, isForced };
  const gate = attemptAt(ownIssue(turn), attempt) + ATTEMPT.gate;
  const what = `dispatch ${run} ${from === 0 ? "claims" : "takes over"} attempt ${attempt}`;
  const looks = isRepeat(turn) && without !== "takeover-looks";
  writeRef(scene, state, emit, { ...write, what }, (next, reply) => {
    if (reply !== "done") {
      next.set(toWrite(scene, next, run));
      return;
    }
    next[runAt(run) + RUN.claim] = to;
    next[runAt(run) + RUN.sawGate] = Number(
      from > 0 && read(state, AT.lagging) === 0 && read(state, gate) > 0,
    );
    next[runAt(run)] = looks ? STEP.lookRuns : STEP.clock;
  });
}
