import { WORKER } from "../../github/places.ts";
import { read, type State, workerAt } from "../../github/state.ts";
import type { ModelScene, TakeNext } from "../scene.ts";
import { stepAgent } from "./agent.ts";
import { comeUp, readHead, readIssue, readOwnGate } from "./claim.ts";
import { forget } from "./end.ts";
import { rereadGate, writeGate } from "./gate.ts";
import { noticeDeath, runAgain } from "./github.ts";
import { readForHead, writeHead } from "./head.ts";
import { readPublishGate, readPublishPull, stepPlan } from "./propose.ts";
import { findPull, openOwnPull } from "./pull.ts";
import { push, readTip } from "./push.ts";
import { WORK } from "./steps.ts";
import { type WorkerTurn, workerReg } from "./turn.ts";

const HANDLERS: Readonly<Record<number, (turn: WorkerTurn) => void>> = {
  [WORK.event]: comeUp,
  [WORK.issue]: readIssue,
  [WORK.gate]: readOwnGate,
  [WORK.head]: readHead,
  [WORK.pass]: (turn) => writeGate(turn, "working"),
  [WORK.passRead]: (turn) => rereadGate(turn, "working"),
  [WORK.agent]: stepAgent,
  [WORK.publishGate]: readPublishGate,
  [WORK.publishPull]: readPublishPull,
  [WORK.move]: (turn) => writeGate(turn, "publishing"),
  [WORK.moveRead]: (turn) => rereadGate(turn, "publishing"),
  [WORK.push]: push,
  [WORK.tip]: readTip,
  [WORK.open]: openOwnPull,
  [WORK.find]: findPull,
  [WORK.headRead]: readForHead,
  [WORK.headWrite]: writeHead,
  [WORK.plan]: stepPlan,
  [WORK.dead]: noticeDeath,
  [WORK.ended]: runAgain,
};

/** All that a worker's run can do next. */
export function stepWorker(scene: ModelScene, state: State, worker: number, emit: TakeNext): void {
  const turn = { scene, state, worker, emit };
  HANDLERS[workerReg(turn, WORKER.step)]?.(turn);
}

/** A runner that is taken away asks for nothing more; GitHub shows that only later. */
export function crashWorker(state: State, worker: number): State | undefined {
  const base = workerAt(worker);
  const step = read(state, base);
  if (step < WORK.issue || step >= WORK.ended) return undefined;
  const next = state.slice();
  forget(next, worker);
  next[base] = WORK.dead;
  return next;
}
