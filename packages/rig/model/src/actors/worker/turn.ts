import type { Run } from "../../decide/worker-judge.ts";
import type { ListedRun, Order } from "../../github/facts.ts";
import { ATTEMPT, WORKER } from "../../github/places.ts";
import { attemptAt, move, type PlaceChanges, read, type State, workerAt } from "../../github/state.ts";
import type { ModelScene, SceneTurn } from "../scene.ts";

export type WorkerTurn = SceneTurn & { readonly worker: number };

export const workerReg = ({ state, worker }: Pick<WorkerTurn, "state" | "worker">, place: number): number =>
  read(state, workerAt(worker) + place);

export const ownOrder = ({ scene, state, worker }: Pick<WorkerTurn, "scene" | "state" | "worker">): Order =>
  scene.facts.orders.get(read(state, workerAt(worker) + WORKER.order));

export const ownShown = (turn: WorkerTurn): ListedRun =>
  turn.scene.facts.shown.get(workerReg(turn, WORKER.shown));

export const ownRun = (turn: WorkerTurn): Run => ({ worker: turn.worker, attempt: ownShown(turn).attempt });

export const goWorker = (turn: WorkerTurn, step: number, ...places: PlaceChanges): State =>
  move(turn.state, workerAt(turn.worker), step, places);

export const sayWorker = ({ worker }: WorkerTurn, what: string): string => `worker ${worker} ${what}`;

export const openFace = (scene: ModelScene): number => scene.facts.faces.number({ open: true, held: false });

/** The branch that the order names, by the attempt that made it. */
export function branchPlace(turn: WorkerTurn): number {
  const { issue, attempt, continues } = ownOrder(turn);
  const made = continues === undefined ? attempt : Number(/-a(\d+)$/.exec(continues.branch)?.[1]);
  return attemptAt(issue, made) + ATTEMPT.branch;
}

export function gatePlace(turn: WorkerTurn): number {
  const { issue, attempt } = ownOrder(turn);
  return attemptAt(issue, attempt) + ATTEMPT.gate;
}
