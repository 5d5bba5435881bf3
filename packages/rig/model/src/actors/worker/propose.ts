import { AT, ATTEMPT, MODEL_ISSUE, WORKER } from "../../github/places.ts";
import { attemptAt, change, issueAt, read } from "../../github/state.ts";
import { readPlaces } from "../scene.ts";
import { ended, follow } from "./end.ts";
import { WORK } from "./steps.ts";
import {
  branchPlace,
  gatePlace,
  goWorker,
  openFace,
  ownOrder,
  ownRun,
  ownShown,
  sayWorker,
  type WorkerTurn,
  workerReg,
} from "./turn.ts";

export function readPublishGate(turn: WorkerTurn): void {
  const place = gatePlace(turn);
  for (const gate of readPlaces(turn.state, [place], (at) => at(place)))
    turn.emit(
      goWorker(turn, WORK.publishPull, [WORKER.gate, gate]),
      sayWorker(turn, "reads its gate before publishing"),
    );
}

export function readPublishPull(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const place = branchPlace(turn);
  const face =
    scene.config.without === "close-heeded"
      ? openFace(scene)
      : read(state, issueAt(ownOrder(turn).issue) + MODEL_ISSUE.face);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const unfenced = scene.config.without === "gate-at-publish";
    const gate = unfenced
      ? scene.worker.want("working", ownRun(turn), read(state, AT.clock))
      : workerReg(turn, WORKER.gate);
    const way = scene.worker.publish(workerReg(turn, WORKER.order), face, branch, gate, ownRun(turn));
    follow(turn, way, "reads pull request and issue", () =>
      goWorker(
        turn,
        WORK.move,
        [WORKER.gate, gate],
        [WORKER.tries, 0],
        [WORKER.read, read(state, issueAt(ownOrder(turn).issue) + MODEL_ISSUE.face)],
      ),
    );
  }
}

/** A plan is one comment; another start of the run rewrites it. */
export function stepPlan(turn: WorkerTurn): void {
  const { scene, state, emit } = turn;
  const { issue, attempt } = ownOrder(turn);
  const text = `Plan of attempt ${attempt}, start ${ownShown(turn).attempt}`;
  const plan = scene.facts.plans.number({
    text,
    sha256: scene.dispatch.hashPlan(text),
    at: read(state, AT.clock),
  });
  const place = attemptAt(issue, attempt) + ATTEMPT.plan;
  const next = change(state, [place, plan]);
  emit(ended(turn, next, "success"), sayWorker(turn, "posts its plan"));
}
