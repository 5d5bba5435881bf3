import type { WorkEnd } from "../../decide/config.ts";
import type { WorkerLeft } from "../../github/facts.ts";
import { endWorker } from "./end.ts";
import { WORK } from "./steps.ts";
import { goWorker, ownOrder, sayWorker, type WorkerTurn } from "./turn.ts";

/** The agent, whose end nobody can foresee. */
export function stepAgent(turn: WorkerTurn): void {
  const { scene, emit } = turn;
  const ends: readonly WorkEnd[] = scene.isFair ? ["nothing"] : scene.config.work;
  for (const way of ends) {
    if (way === "patch" || way === "plan") {
      if ((way === "plan") === (ownOrder(turn).plans === true))
        emit(goWorker(turn, WORK.publishGate), sayWorker(turn, `has a ${way}`));
    } else
      endWorker(
        turn,
        `ends: ${way}`,
        way === "failed" || way === "interrupted" ? "failure" : "success",
        LEFT[way],
      );
  }
}

const LEFT: Readonly<Record<Exclude<WorkEnd, "patch" | "plan">, WorkerLeft>> = {
  asked: { ending: "asked" },
  nothing: {},
  failed: {},
  interrupted: { cause: "setup" },
};
