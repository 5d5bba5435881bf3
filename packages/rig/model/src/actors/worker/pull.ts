import { numberOfPull } from "../../github/facts.ts";
import { WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { readPlaces, writeRef } from "../scene.ts";
import { endWorker } from "./end.ts";
import { WORK } from "./steps.ts";
import { branchPlace, goWorker, ownOrder, sayWorker, type WorkerTurn, workerReg } from "./turn.ts";

export function openOwnPull(turn: WorkerTurn): void {
  const { scene, state, worker, emit } = turn;
  const { issue, attempt } = ownOrder(turn);
  const place = branchPlace(turn);
  const branch = scene.facts.branches.get(read(state, place));
  const pull = { number: numberOfPull(issue, attempt), state: "open", reviews: [] } as const;
  const to = scene.facts.branches.number({ ...branch, pull });
  const isFree = branch.pull?.state !== "open";
  const write = {
    place,
    from: isFree ? read(state, place) : -1,
    to,
    what: sayWorker(turn, "opens its pull request"),
  };
  writeRef(scene, state, emit, { ...write, event: { kind: "pull-opened", worker } }, (next, reply) => {
    next[workerAt(worker)] = reply === "done" ? WORK.headRead : WORK.find;
    if (reply !== "done") next[workerAt(worker) + WORKER.tries] = workerReg(turn, WORKER.tries) + 1;
  });
}

export function findPull(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const place = branchPlace(turn);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const isThere = scene.facts.branches.find(branch)?.pull !== undefined;
    if (isThere)
      turn.emit(goWorker(turn, WORK.headRead, [WORKER.tries, 0]), sayWorker(turn, "finds its pull request"));
    else if (workerReg(turn, WORKER.tries) >= 2) endWorker(turn, "finds no pull request, twice", "failure");
    else turn.emit(goWorker(turn, WORK.open), sayWorker(turn, "finds no pull request"));
  }
}
