import { RUN } from "../../github/places.ts";
import { read, runAt, type State } from "../../github/state.ts";
import type { ModelScene, TakeNext } from "../scene.ts";
import { begin } from "./begin.ts";
import { rereadBook } from "./book.ts";
import { stepBranch, stepGate, stepRuns } from "./look.ts";
import { stepClaim, stepReserve, toReserve } from "./open.ts";
import { stepClock, stepConfirm, stepLookGate, stepLookRuns, stepSend } from "./send.ts";
import { afterClosing, stepClose, stepRerun, stepSettle } from "./settle.ts";
import { stepWrite } from "./tell.ts";
import { type DispatchTurn, finishRun, runReg, STEP } from "./turn.ts";

/** All that a run of dispatch can do next. */
export function stepDispatch(scene: ModelScene, state: State, run: number, emit: TakeNext): void {
  const turn = { scene, state, run, emit };
  const step = runReg(turn, RUN.step);
  if (step === STEP.idle) begin(turn);
  else if (step !== STEP.ended) HANDLERS[step]?.(turn);
}

/** The one way in which a process dies; between two requests nothing of it is seen. */
export function crashDispatch(state: State, run: number): State | undefined {
  const step = read(state, runAt(run));
  if (step === STEP.idle || step === STEP.ended) return undefined;
  const next = state.slice();
  finishRun(next, run);
  return next;
}

const HANDLERS: Readonly<Record<number, (turn: DispatchTurn) => void>> = {
  [STEP.runs]: stepRuns,
  [STEP.gate]: stepGate,
  [STEP.branch]: stepBranch,
  [STEP.rerun]: stepRerun,
  [STEP.close]: stepClose,
  [STEP.settle]: stepSettle,
  [STEP.settleRead]: (turn) => rereadBook(turn, afterClosing),
  [STEP.reserve]: stepReserve,
  [STEP.reserveRead]: (turn) => rereadBook(turn, toReserve),
  [STEP.claim]: stepClaim,
  [STEP.lookRuns]: stepLookRuns,
  [STEP.lookGate]: stepLookGate,
  [STEP.clock]: stepClock,
  [STEP.send]: stepSend,
  [STEP.confirm]: stepConfirm,
  [STEP.write]: stepWrite,
};
