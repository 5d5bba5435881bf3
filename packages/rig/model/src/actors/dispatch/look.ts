import { findBranchAttempt, toClaims } from "../../decide/to-facts.ts";
import { type ReadView, workerOfRunId } from "../../github/facts.ts";
import { ATTEMPT, ROOM, RUN, WORKER } from "../../github/places.ts";
import { attemptAt, read, type State, workerAt } from "../../github/state.ts";
import { countFault, mayFail, readPlaces } from "../scene.ts";
import { afterReading } from "./settle.ts";
import { type DispatchTurn, goRun, ownAttempt, ownIssue, ownView, STEP } from "./turn.ts";

export function stepRuns(turn: DispatchTurn): void {
  for (const runs of viewRuns(turn, ownAttempt(turn)))
    turn.emit(learn(turn, STEP.gate, { runs }), `dispatch ${turn.run} reads the run list`);
}

/** Workers' runs with the key of an attempt, as the list shows them. */
export function viewRuns(turn: DispatchTurn, attempt: number): ReadView["runs"][] {
  const { scene, state } = turn;
  const own = Array.from({ length: ROOM.workers }, (_, worker) => worker).filter((worker) => {
    const order = scene.facts.orders.find(read(state, workerAt(worker) + WORKER.order));
    return order?.issue === ownIssue(turn) && order.attempt === attempt;
  });
  return readPlaces(
    state,
    own.map((worker) => workerAt(worker) + WORKER.shown),
    (at) =>
      own
        .map((worker) => [worker, at(workerAt(worker) + WORKER.shown)] as const)
        .filter(([, shown]) => shown > 0),
  );
}

export function stepGate(turn: DispatchTurn): void {
  const { state, run, emit } = turn;
  const place = attemptAt(ownIssue(turn), ownAttempt(turn)) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place)))
    emit(learn(turn, STEP.branch, { gate }), `dispatch ${run} reads the gate of attempt ${ownAttempt(turn)}`);
}

export function stepBranch(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const view = ownView(turn);
  const attempt = findBranchAttempt(toClaims(scene.facts, view.issue, view.claims));
  const place = attemptAt(view.issue, attempt) + ATTEMPT.branch;
  const what = `dispatch ${run} reads the pull request of attempt ${attempt}`;
  for (const branch of readPlaces(state, [place], (at) => at(place)))
    for (const next of readLeft(turn, { branch })) emit(afterReading(scene, next, run), what);
}

/** The state with more in what the run knows. */
function learn(turn: DispatchTurn, step: number, news: Partial<ReadView>): State {
  return goRun(turn, step, [RUN.view, turn.scene.facts.views.number({ ...ownView(turn), ...news })]);
}

/** What the run of an attempt left that ends without a pull request. */
function readLeft(turn: DispatchTurn, news: Partial<ReadView>): State[] {
  const { scene } = turn;
  const view = { ...ownView(turn), ...news };
  const number = scene.facts.views.number(view);
  const { kind, outcome } = scene.dispatch.settle(number);
  const record = scene.facts.records.find(view.records[view.claims.length - 1] ?? 0);
  const isAsked =
    (kind === "close" || kind === "settled") && (outcome === "failed" || outcome === "no-change");
  const worker = isAsked && record?.outcome === undefined ? findEndedWorker(turn, view) : undefined;
  if (worker === undefined) return [learn(turn, STEP.branch, news)];
  const left = read(turn.state, workerAt(worker) + WORKER.left);
  const unread = mayFail(scene, turn.state)
    ? [countFault(learn(turn, STEP.branch, { ...news, left: 1 }))]
    : [];
  return [learn(turn, STEP.branch, { ...news, left: left === 0 ? 0 : left + 1 }), ...unread];
}

function findEndedWorker({ scene }: DispatchTurn, view: ReadView): number | undefined {
  const run = scene.facts.gates.find(view.gate)?.run;
  return typeof run === "string" ? workerOfRunId(run) : view.runs.at(-1)?.[0];
}
