import type { WorkEnd } from "../../decide/config.ts";
import type { WorkerLeft } from "../../github/facts.ts";
import { end, go, ownOrder, say, type Turn, WORK } from "./turn.ts";

/** The agent, whose end nobody can foresee. */
export function work(turn: Turn): void {
  const { scene, emit } = turn;
  const ends: readonly WorkEnd[] = scene.isFair ? ["nothing"] : scene.config.work;
  for (const way of ends) {
    if (way === "patch" || way === "plan") {
      if ((way === "plan") === (ownOrder(turn).plans === true))
        emit(go(turn, WORK.publishGate), say(turn, `has a ${way}`));
    } else
      end(turn, `ends: ${way}`, way === "failed" || way === "interrupted" ? "failure" : "success", LEFT[way]);
  }
}

const LEFT: Readonly<Record<Exclude<WorkEnd, "patch" | "plan">, WorkerLeft>> = {
  asked: { ending: "asked" },
  nothing: {},
  failed: {},
  interrupted: { cause: "setup" },
};
