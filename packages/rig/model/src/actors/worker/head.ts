import { WORKER } from "../../github/places.ts";
import { workerAt } from "../../github/state.ts";
import { readPlaces, writeRef } from "../scene.ts";
import { end, ended, gatePlace, go, ownRun, reg, say, type Turn, WORK } from "./turn.ts";

export function readForHead(turn: Turn): void {
  const { scene, state } = turn;
  const place = gatePlace(turn);
  const head = scene.facts.heads.get(reg(turn, WORKER.head));
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const to = scene.worker.recordHead(gate, head, ownRun(turn));
    if (to === 0 || to === gate) end(turn, "has published", "success");
    else
      turn.emit(go(turn, WORK.headWrite, [WORKER.gate, gate]), say(turn, "reads its gate after publishing"));
  }
}

export function writeHead(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const head = scene.facts.heads.get(reg(turn, WORKER.head));
  const from = reg(turn, WORKER.gate);
  const write = {
    place: gatePlace(turn),
    from,
    to: scene.worker.recordHead(from, head, ownRun(turn)),
    what: say(turn, "records its commit"),
  };
  writeRef(scene, state, emit, write, (next, reply) => {
    const base = workerAt(worker);
    const tries = reg(turn, WORKER.tries) + 1;
    if (reply === "done" || tries >= 2) next.set(ended(turn, next, "success"));
    else {
      next[base] = WORK.headRead;
      next[base + WORKER.tries] = tries;
    }
  });
}
