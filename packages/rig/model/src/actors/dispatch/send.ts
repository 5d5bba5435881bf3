import { SENT } from "../../decide/dispatch-judge.ts";
import { toTick, workerOfRunId } from "../../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, RUN, WORKER } from "../../github/places.ts";
import { attemptAt, change, issueAt, read, runAt, type State, workerAt } from "../../github/state.ts";
import { countFault, mayFail, readPlaces, writeRef } from "../scene.ts";
import { FIRST_REQUEST } from "../worker/steps.ts";
import { viewRuns } from "./look.ts";
import { toWrite } from "./tell.ts";
import { type DispatchTurn, goRun, isRepeat, ownIssue, planned, runReg, STEP } from "./turn.ts";

/** After a takeover: who runs already is found here, since from now on no earlier run may send. */
export function stepLookRuns(turn: DispatchTurn): void {
  const { scene, run, emit } = turn;
  for (const runs of viewRuns(turn, planned(turn).attempt)) {
    const live = runs.find(([, shown]) => !scene.facts.shown.get(shown).ended);
    emit(
      goRun(turn, STEP.lookGate, [RUN.tries, live === undefined ? 0 : live[0] + 1]),
      `dispatch ${run} looks for a run`,
    );
  }
}

export function stepLookGate(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const place = attemptAt(ownIssue(turn), planned(turn).attempt) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const named = scene.facts.gates.find(gate)?.run;
    const worker = named === undefined ? runReg(turn, RUN.tries) : workerOfRunId(named) + 1;
    const isStarted = gate > 0 || worker > 0;
    const next = isStarted
      ? goRun(turn, STEP.confirm, [RUN.sent, SENT.started], [RUN.tries, worker])
      : goRun(turn, STEP.clock);
    emit(next, `dispatch ${run} looks at the gate`);
  }
}

export function stepClock(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const fact = scene.facts.claims.get(runReg(turn, RUN.claim));
  const isOver = fact.state !== "intent" || read(state, AT.clock) >= toTick(fact.deadline);
  if (isOver && scene.config.without !== "clock-before-sending")
    emit(toWrite(scene, state, run), `dispatch ${run} finds its lease over`);
  else emit(goRun(turn, STEP.send), `dispatch ${run} may send`, { kind: "may-send", run });
}

export function stepSend(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const { attempt } = planned(turn);
  const event = { kind: "sent", run, issue: ownIssue(turn), attempt, isRepeat: isRepeat(turn) } as const;
  const what = `dispatch ${run} sends attempt ${attempt}`;
  const started = startWorker(turn, attempt);
  const after = (from: State, sent: number): State => {
    const next = change(from, [runAt(run) + RUN.sent, sent]);
    if (sent === SENT.unconfirmed) return toWrite(scene, next, run);
    return change(next, [runAt(run), STEP.confirm]);
  };
  emit(after(started, SENT.sent), what, event);
  if (!mayFail(scene, state)) return;
  emit(after(countFault(started), SENT.unconfirmed), `${what}: reply lost`, event);
  emit(after(countFault(state), SENT.unconfirmed), `${what}: request lost`);
  emit(after(countFault(state), SENT.refused), `${what}: refused`);
  emit(after(countFault(state), SENT.sent), `${what}: accepted, and nothing starts`, event);
}

/** The event is there; its run comes up some time later. */
function startWorker(turn: DispatchTurn, attempt: number): State {
  const { scene, state } = turn;
  const { config, facts } = scene;
  const issue = ownIssue(turn);
  const workers = Array.from({ length: config.workers }, (_, worker) => worker);
  const free = workers.find((worker) => read(state, workerAt(worker) + WORKER.order) === 0);
  const base = attemptAt(issue, attempt);
  const highest = issueAt(issue) + MODEL_ISSUE.highest;
  const counted = change(state, [highest, Math.max(attempt, read(state, highest))], [base + ATTEMPT.sent, 1]);
  if (free === undefined) return counted;
  const order = facts.orders.number(
    scene.dispatch.order(issue, attempt, runReg(turn, RUN.claim), runReg(turn, RUN.view)),
  );
  return change(counted, [workerAt(free), FIRST_REQUEST], [workerAt(free) + WORKER.order, order]);
}

export function stepConfirm(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const sent = runReg(turn, RUN.sent);
  const worker = sent === SENT.started ? runReg(turn, RUN.tries) : 0;
  const to = scene.dispatch.confirm(runReg(turn, RUN.claim), sent, worker, read(state, AT.clock));
  const { attempt } = planned(turn);
  const write = {
    place: attemptAt(ownIssue(turn), attempt) + ATTEMPT.claim,
    from: runReg(turn, RUN.claim),
    to,
  };
  writeRef(
    scene,
    state,
    emit,
    { ...write, what: `dispatch ${run} confirms attempt ${attempt}` },
    (next, reply) => {
      const isDispatched = reply === "done" && sent !== SENT.refused;
      next.set(toWrite(scene, next, run, isDispatched ? to : 0));
    },
  );
}
