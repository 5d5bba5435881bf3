import { RUN } from "../../github/places.ts";
import { read, runAt, type State } from "../../github/state.ts";
import type { ModelScene, TakeNext } from "../scene.ts";
import { begin } from "./begin.ts";
import { rereadBook } from "./book.ts";
import { readBranch, readGate, readRuns } from "./look.ts";
import { claim, reserve, toReserve } from "./open.ts";
import { askClock, confirm, lookGate, lookRuns, send } from "./send.ts";
import { afterClosing, closeGate, rerunJobs, settleSpend } from "./settle.ts";
import { writeDown } from "./tell.ts";
import { end, reg, STEP, type Turn } from "./turn.ts";

/** All that a run of dispatch can do next. */
export function stepDispatch(scene: ModelScene, state: State, run: number, emit: TakeNext): void {
  const turn = { scene, state, run, emit };
  const step = reg(turn, RUN.step);
  if (step === STEP.idle) begin(turn);
  else if (step !== STEP.ended) HANDLERS[step]?.(turn);
}

/** The one way in which a process dies; between two requests nothing of it is seen. */
export function crashDispatch(state: State, run: number): State | undefined {
  const step = read(state, runAt(run));
  if (step === STEP.idle || step === STEP.ended) return undefined;
  const next = state.slice();
  end(next, run);
  return next;
}

const HANDLERS: Readonly<Record<number, (turn: Turn) => void>> = {
  [STEP.runs]: readRuns,
  [STEP.gate]: readGate,
  [STEP.branch]: readBranch,
  [STEP.rerun]: rerunJobs,
  [STEP.close]: closeGate,
  [STEP.settle]: settleSpend,
  [STEP.settleRead]: (turn) => rereadBook(turn, afterClosing),
  [STEP.reserve]: reserve,
  [STEP.reserveRead]: (turn) => rereadBook(turn, toReserve),
  [STEP.claim]: claim,
  [STEP.lookRuns]: lookRuns,
  [STEP.lookGate]: lookGate,
  [STEP.clock]: askClock,
  [STEP.send]: send,
  [STEP.confirm]: confirm,
  [STEP.write]: writeDown,
};
