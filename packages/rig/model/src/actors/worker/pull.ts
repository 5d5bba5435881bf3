import { numberOfPull } from "../../github/facts.ts";
import { WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { readPlaces, writeRef } from "../scene.ts";
import { branchPlace, end, go, ownOrder, reg, say, type Turn, WORK } from "./turn.ts";

export function openPull(turn: Turn): void {
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
    what: say(turn, "opens its pull request"),
  };
  writeRef(scene, state, emit, { ...write, event: { kind: "pull-opened", worker } }, (next, reply) => {
    next[workerAt(worker)] = reply === "done" ? WORK.headRead : WORK.find;
    if (reply !== "done") next[workerAt(worker) + WORKER.tries] = reg(turn, WORKER.tries) + 1;
  });
}

export function findPull(turn: Turn): void {
  const { scene, state } = turn;
  const place = branchPlace(turn);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const isThere = scene.facts.branches.find(branch)?.pull !== undefined;
    if (isThere) turn.emit(go(turn, WORK.headRead, [WORKER.tries, 0]), say(turn, "finds its pull request"));
    else if (reg(turn, WORKER.tries) >= 2) end(turn, "finds no pull request, twice", "failure");
    else turn.emit(go(turn, WORK.open), say(turn, "finds no pull request"));
  }
}
