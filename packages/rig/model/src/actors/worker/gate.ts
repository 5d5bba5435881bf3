import { AT, ATTEMPT, WORKER } from "../../github/places.ts";
import { attemptAt, change, read, type State, workerAt } from "../../github/state.ts";
import { readPlaces, writeRef } from "../scene.ts";
import { endWorker, follow } from "./end.ts";
import { WORK } from "./steps.ts";
import { gatePlace, goWorker, ownOrder, ownRun, sayWorker, type WorkerTurn, workerReg } from "./turn.ts";

/** Writes of one passage. */
const TRIES = 3;

type Wanted = "working" | "publishing";

export function writeGate(turn: WorkerTurn, wanted: Wanted): void {
  const { scene, state, worker, emit } = turn;
  const { without } = scene.config;
  const isForced = wanted === "working" ? without === "gate-created-once" : without === "closed-stays-closed";
  const isHeedless = wanted === "publishing" && without === "refusal-heeded";
  const what = sayWorker(turn, wanted === "working" ? "passes its gate" : "moves its gate to publishing");
  const write = {
    place: gatePlace(turn),
    from: workerReg(turn, WORKER.gate),
    to: scene.worker.want(wanted, ownRun(turn), read(state, AT.clock)),
    what,
    isForced,
  };
  const isKeyed = wanted === "working" && without === "key-without-run";
  if (isKeyed || (wanted === "publishing" && without === "gate-at-publish")) {
    emit(passed(turn, state, wanted), what);
    return;
  }
  writeRef(scene, state, emit, write, (next, reply) => {
    if (reply === "done" || (reply === "refused" && isHeedless)) next.set(passed(turn, next, wanted));
    else {
      next[workerAt(worker)] = wanted === "working" ? WORK.passRead : WORK.moveRead;
      next[workerAt(worker) + WORKER.tries] = workerReg(turn, WORKER.tries) + 1;
    }
  });
}

export function rereadGate(turn: WorkerTurn, wanted: Wanted): void {
  const { scene, state } = turn;
  const place = gatePlace(turn);
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const way = scene.worker.pass(gate, ownRun(turn), wanted);
    const what = "reads its gate again";
    if (way === "passed") turn.emit(passed(turn, state, wanted), sayWorker(turn, what));
    else if (way === "go-on" && workerReg(turn, WORKER.tries) >= TRIES)
      endWorker(turn, `${what}: replies were lost`, "failure", { cause: "infrastructure" });
    else
      follow(turn, way, what, () =>
        goWorker(turn, wanted === "working" ? WORK.pass : WORK.move, [WORKER.gate, gate]),
      );
  }
}

function passed(turn: WorkerTurn, from: State, wanted: Wanted): State {
  const base = workerAt(turn.worker);
  const { plans } = ownOrder(turn);
  const next = wanted === "working" ? WORK.agent : plans ? WORK.plan : WORK.push;
  const { issue, attempt } = ownOrder(turn);
  const place = attemptAt(issue, attempt) + ATTEMPT.passed;
  const by = read(from, place) | (1 << turn.worker);
  return change(
    from,
    [base, next],
    [place, by],
    [base + WORKER.claimed, 1],
    [base + WORKER.gate, 0],
    [base + WORKER.tries, 0],
    [base + WORKER.read, 0],
  );
}
