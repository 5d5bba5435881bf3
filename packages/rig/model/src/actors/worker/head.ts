import { AT, WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { readPlaces, writeRef } from "../scene.ts";
import { ended, endWorker } from "./end.ts";
import { WORK } from "./steps.ts";
import { gatePlace, goWorker, ownRun, sayWorker, type WorkerTurn, workerReg } from "./turn.ts";

export function readForHead(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const place = gatePlace(turn);
  const head = scene.facts.heads.get(workerReg(turn, WORKER.head));
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const to = scene.worker.recordHead(gate, head, ownRun(turn), read(state, AT.clock));
    if (to === 0 || to === gate) endWorker(turn, "has published", "success");
    else
      turn.emit(
        goWorker(turn, WORK.headWrite, [WORKER.gate, gate]),
        sayWorker(turn, "reads its gate after publishing"),
      );
  }
}

export function writeHead(turn: WorkerTurn): void {
  const { scene, state, worker, emit } = turn;
  const head = scene.facts.heads.get(workerReg(turn, WORKER.head));
  const from = workerReg(turn, WORKER.gate);
  const write = {
    place: gatePlace(turn),
    from,
    to: scene.worker.recordHead(from, head, ownRun(turn), read(state, AT.clock)),
    what: sayWorker(turn, "records its commit"),
  };
  writeRef(scene, state, emit, write, (next, reply) => {
    const base = workerAt(worker);
    const tries = workerReg(turn, WORKER.tries) + 1;
    if (reply === "done" || tries >= 2) next.set(ended(turn, next, "success"));
    else {
      next[base] = WORK.headRead;
      next[base + WORKER.tries] = tries;
    }
  });
}
