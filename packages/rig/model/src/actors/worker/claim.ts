import { HELD_BACK } from "../../decide/worker-judge.ts";
import { findTip } from "../../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, WORKER } from "../../github/places.ts";
import { attemptAt, issueAt, read, workerAt } from "../../github/state.ts";
import { readPlaces, showChange } from "../scene.ts";
import { follow } from "./end.ts";
import { WORK } from "./steps.ts";
import {
  branchPlace,
  goWorker,
  openFace,
  ownOrder,
  ownRun,
  sayWorker,
  type WorkerTurn,
  workerReg,
} from "./turn.ts";

export function comeUp(turn: WorkerTurn): void {
  const { scene, state, worker, emit } = turn;
  const now = read(state, AT.clock);
  const shown = scene.facts.shown.number({
    attempt: 1,
    ended: false,
    conclusion: null,
    created: now,
    updated: now,
  });
  const place = workerAt(worker) + WORKER.shown;
  showChange(
    scene,
    state,
    emit,
    { place, what: sayWorker(turn, "comes up") },
    goWorker(turn, WORK.issue, [WORKER.shown, shown]),
  );
}

/** The issue and whether the attempt is claimed; a claim that a replica does not show yet is asked for again. */
export function readIssue(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const { issue, attempt } = ownOrder(turn);
  const face = read(state, issueAt(issue) + MODEL_ISSUE.face);
  const isClaimed = read(state, attemptAt(issue, attempt) + ATTEMPT.claim) > 0;
  const shown = scene.config.without === "hold-heeded" ? openFace(scene) : face;
  const way = scene.worker.begin(workerReg(turn, WORKER.order), shown, isClaimed, 0, ownRun(turn));
  follow(turn, way, "reads the issue", () => goWorker(turn, WORK.gate, [WORKER.read, face]));
}

export function readOwnGate(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const { issue, attempt, continues } = ownOrder(turn);
  const place = attemptAt(issue, attempt) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const way = scene.worker.pass(gate, ownRun(turn), "working");
    const on = continues === undefined ? WORK.pass : WORK.head;
    follow(turn, way === "passed" ? "go-on" : way, "reads its gate", () =>
      goWorker(turn, on, [WORKER.gate, gate]),
    );
  }
}

/** Where the attempt continues a pull request: its branch must be where it was reviewed. */
export function readHead(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const { continues } = ownOrder(turn);
  const place = branchPlace(turn);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const isThere = findTip(scene.facts.branches.find(branch))?.id === continues?.head;
    const way = isThere || scene.config.without === "head-expected" ? "go-on" : HELD_BACK;
    follow(turn, way, "reads the branch", () => goWorker(turn, WORK.pass));
  }
}
