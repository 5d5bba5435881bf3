import type { Way } from "../../decide/worker-judge.ts";
import type { WorkerLeft } from "../../github/facts.ts";
import { AT, WORKER } from "../../github/places.ts";
import { read, type State, workerAt } from "../../github/state.ts";
import { showChange } from "../scene.ts";
import { WORK } from "./steps.ts";
import { ownShown, sayWorker, type WorkerTurn } from "./turn.ts";

export function forget(state: State, worker: number): void {
  for (const place of [WORKER.gate, WORKER.tries, WORKER.head, WORKER.read])
    state[workerAt(worker) + place] = 0;
}

/** The run is over, and the list says so. */
export function ended(
  turn: WorkerTurn,
  from: State,
  conclusion: "success" | "failure" | "cancelled",
  left: WorkerLeft = {},
): State {
  const next = from.slice();
  forget(next, turn.worker);
  const base = workerAt(turn.worker);
  const shown = { ...ownShown(turn), ended: true, conclusion, updated: read(from, AT.clock) };
  next[base] = WORK.ended;
  next[base + WORKER.shown] = turn.scene.facts.shown.number(shown);
  next[base + WORKER.left] = Object.keys(left).length === 0 ? 0 : turn.scene.facts.left.number(left);
  return next;
}

/** Ends the run in one step, which a replica may show late. */
export function endWorker(
  turn: WorkerTurn,
  what: string,
  conclusion: "success" | "failure" | "cancelled",
  left?: WorkerLeft,
): void {
  const place = workerAt(turn.worker) + WORKER.shown;
  showChange(
    turn.scene,
    turn.state,
    turn.emit,
    { place, what: sayWorker(turn, what) },
    ended(turn, turn.state, conclusion, left),
  );
}

export const SETUP: WorkerLeft = { cause: "setup" };

/** What a job does whose decision is known: continues, ends green, or ends red. */
export function follow(turn: WorkerTurn, way: Way, what: string, on: () => State): void {
  if (way === "go-on") turn.emit(on(), sayWorker(turn, what));
  else
    endWorker(
      turn,
      `${what}: ${way}`,
      way === "refuse" ? "failure" : "success",
      way === "refuse" ? SETUP : undefined,
    );
}
