import { AT, WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { showChange } from "../scene.ts";
import { endWorker } from "./end.ts";
import { WORK } from "./steps.ts";
import { goWorker, ownShown, sayWorker, type WorkerTurn, workerReg } from "./turn.ts";

export function noticeDeath(turn: WorkerTurn): void {
  endWorker(turn, "is ended by GitHub: its runner is gone", "cancelled");
}

/** Somebody presses "Re-run all jobs", or "Re-run failed jobs", which keeps what `claim` put out. */
export function runAgain(turn: WorkerTurn): void {
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
    { place, what: sayWorker(turn, "is run again") },
    goWorker(turn, WORK.issue, [WORKER.claimed, 0], ...places),
  );
  if (workerReg(turn, WORKER.claimed) === 1)
    showChange(
      scene,
      state,
      emit,
      { place, what: sayWorker(turn, "has its failed jobs run again") },
      goWorker(turn, WORK.publishGate, ...places),
    );
}
