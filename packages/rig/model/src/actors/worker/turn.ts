import type { Run, Way } from "../../decide/worker-judge.ts";
import type { ListedRun, Order, WorkerLeft } from "../../github/facts.ts";
import { AT, ATTEMPT, WORKER } from "../../github/places.ts";
import { attemptAt, move, type PlaceChanges, read, type State, workerAt } from "../../github/state.ts";
import { type ModelScene, type SceneTurn, showChange } from "../scene.ts";

/** Before which request a worker's run is. `event`: GitHub has the dispatch, and its run has not come up. */
export const WORK = {
  ...{
    none: 0,
    event: 1,
    issue: 2,
    gate: 3,
    head: 4,
    pass: 5,
    passRead: 6,
    agent: 7,
    publishGate: 8,
    publishPull: 9,
  },
  ...{ move: 10, moveRead: 11, push: 12, tip: 13, open: 14, find: 15, headRead: 16, headWrite: 17, plan: 18 },
  ...{ ended: 19, dead: 20 },
} as const;

export const FIRST_REQUEST = WORK.event;

export type Turn = SceneTurn & { readonly worker: number };

export const reg = ({ state, worker }: Pick<Turn, "state" | "worker">, place: number): number =>
  read(state, workerAt(worker) + place);

export const ownOrder = ({ scene, state, worker }: Pick<Turn, "scene" | "state" | "worker">): Order =>
  scene.facts.orders.get(read(state, workerAt(worker) + WORKER.order));

export const ownShown = (turn: Turn): ListedRun => turn.scene.facts.shown.get(reg(turn, WORKER.shown));

export const ownRun = (turn: Turn): Run => ({ worker: turn.worker, attempt: ownShown(turn).attempt });

export function forget(state: State, worker: number): void {
  for (const place of [WORKER.gate, WORKER.tries, WORKER.head, WORKER.read])
    state[workerAt(worker) + place] = 0;
}

export const go = (turn: Turn, step: number, ...places: PlaceChanges): State =>
  move(turn.state, workerAt(turn.worker), step, places);

/** The run is over, and the list says so. */
export function ended(
  turn: Turn,
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

export const say = ({ worker }: Turn, what: string): string => `worker ${worker} ${what}`;

/** Ends the run in one step, which a replica may show late. */
export function end(
  turn: Turn,
  what: string,
  conclusion: "success" | "failure" | "cancelled",
  left?: WorkerLeft,
): void {
  const place = workerAt(turn.worker) + WORKER.shown;
  showChange(
    turn.scene,
    turn.state,
    turn.emit,
    { place, what: say(turn, what) },
    ended(turn, turn.state, conclusion, left),
  );
}

export const SETUP: WorkerLeft = { cause: "setup" };

/** What a job does whose decision is known: continues, ends green, or ends red. */
export function follow(turn: Turn, way: Way, what: string, on: () => State): void {
  if (way === "go-on") turn.emit(on(), say(turn, what));
  else
    end(
      turn,
      `${what}: ${way}`,
      way === "refuse" ? "failure" : "success",
      way === "refuse" ? SETUP : undefined,
    );
}

export const openFace = (scene: ModelScene): number => scene.facts.faces.number({ open: true, held: false });

/** The branch that the order names, by the attempt that made it. */
export function branchPlace(turn: Turn): number {
  const { issue, attempt, continues } = ownOrder(turn);
  const made = continues === undefined ? attempt : Number(/-a(\d+)$/.exec(continues.branch)?.[1]);
  return attemptAt(issue, made) + ATTEMPT.branch;
}

export function gatePlace(turn: Turn): number {
  const { issue, attempt } = ownOrder(turn);
  return attemptAt(issue, attempt) + ATTEMPT.gate;
}
