import { AT, WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { showChange } from "../scene.ts";
import { end, go, ownShown, reg, say, type Turn, WORK } from "./turn.ts";

export function noticeDeath(turn: Turn): void {
  end(turn, "is ended by GitHub: its runner is gone", "cancelled");
}

/** Somebody presses "Re-run all jobs", or "Re-run failed jobs", which keeps what `claim` put out. */
export function runAgain(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const shown = ownShown(turn);
  if (scene.isFair || shown.attempt >= scene.config.starts) return;
  const again = {
    ...shown,
    attempt: shown.attempt + 1,
    ended: false,
    conclusion: null,
    updated: read(state, AT.clock),
  };
  const place = workerAt(worker) + WORKER.shown;
  const places = [
    [WORKER.shown, scene.facts.shown.number(again)],
    [WORKER.left, 0],
  ] as const;
  showChange(
    scene,
    state,
    emit,
    { place, what: say(turn, "is run again") },
    go(turn, WORK.issue, [WORKER.claimed, 0], ...places),
  );
  if (reg(turn, WORKER.claimed) === 1)
    showChange(
      scene,
      state,
      emit,
      { place, what: say(turn, "has its failed jobs run again") },
      go(turn, WORK.publishGate, ...places),
    );
}
