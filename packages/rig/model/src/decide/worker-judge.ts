import { decide, decideByGate } from "@patchpilot/action-claim/decide";
import { decideAttempt, judgeGate } from "@patchpilot/action-propose/attempt/decide";
import { attemptBranch, attemptKey } from "@patchpilot/incident";
import type { Gate } from "@patchpilot/ledger";
import { MODEL_REPOSITORY, numberOfIssue, type Order, workerRunId } from "../github/facts.ts";
import { OnceJudge } from "./judge.ts";
import { gateByNumber } from "./to-facts.ts";

export type Run = { readonly worker: number; readonly attempt: number };
/** What a worker's job does now. */
export type Way = "go-on" | "refuse" | typeof HELD_BACK;
export const HELD_BACK = "stand-back";

/** Asks the functions of `claim` and `propose` what they decide, each question once. */
export class WorkerJudge extends OnceJudge {
  /** `decide` of `claim`. */
  begin(order: number, face: number, isClaimed: boolean, gate: number, run: Run): Way {
    return this.once("begin", `${order} ${face} ${isClaimed} ${gate} ${run.worker} ${run.attempt}`, () => {
      const { open, held } = this.facts.faces.get(face);
      const decision = decide({
        order: this.#order(order) as never,
        selected: true,
        issue: { repositoryId: MODEL_REPOSITORY, open, held } as never,
        claimed: isClaimed,
        gate: this.#gate(gate),
        run: this.#run(run),
        stopped: false,
      });
      return decision.kind === "pass" ? "go-on" : decision.kind;
    });
  }

  /** `decideAttempt` of `propose`. */
  publish(order: number, face: number, branch: number, gate: number, run: Run): Way {
    return this.once("publish", `${order} ${face} ${branch} ${gate} ${run.worker} ${run.attempt}`, () => {
      const { continues } = this.facts.orders.get(order);
      const name = this.#name(order);
      const inputs = {
        branch: continues?.branch ?? attemptBranch(name, false),
        stop: "",
        issues: "auto",
        "base-sha": continues?.head,
      };
      const pull = this.facts.branches.find(branch)?.pull;
      const pullRequest = pull && { number: pull.number, url: "", state: pull.state };
      const { open, held } = this.facts.faces.get(face);
      const facts = { gate: gateByNumber(this.facts, gate), pullRequest, issue: { open, held } as never };
      const ending = decideAttempt(
        { inputs, name, continues, elsewhere: undefined } as never,
        facts,
        this.#run(run),
      );
      return ending === undefined ? "go-on" : ending.verdict === "refused" ? "refuse" : HELD_BACK;
    });
  }

  /** What a gate that was read says to a run that is to pass it: `decideByGate` of `claim`, `judgeGate` of `propose`. */
  pass(gate: number, run: Run, wanted: "working" | "publishing"): Way | "passed" {
    return this.once("pass", `${gate} ${run.worker} ${run.attempt} ${wanted}`, () => {
      const seen = this.#gate(gate);
      const own = this.#run(run);
      const isClosed = seen.state === "present" && seen.fact.state === "closed";
      if (isClosed && this.config.without === "closed-heeded") return "passed";
      if (wanted === "working") {
        const { kind } = decideByGate(seen, own);
        if (kind !== "pass") return kind;
      } else {
        const ending = judgeGate(seen, own);
        if (ending !== undefined) return ending.verdict === "refused" ? "refuse" : HELD_BACK;
      }
      return says(seen, wanted, own) ? "passed" : "go-on";
    });
  }

  /** The gate that this run wants. @param now in ticks */
  want(state: "working" | "publishing", run: Run, now: number): number {
    const { id, attempt } = this.#run(run);
    const moved = state === "publishing" ? { moved: now } : {};
    return this.facts.gates.number({ state, run: id, runAttempt: attempt, ...moved });
  }

  /** The gate with the commit that was published; 0: it is none of this run's. */
  recordHead(gate: number, head: string, run: Run, now: number): number {
    const fact = this.facts.gates.find(gate);
    if (fact?.state !== "publishing" || fact.run !== workerRunId(run.worker)) return 0;
    const isSaid = "head" in fact && fact.head === head;
    return isSaid ? gate : this.facts.gates.number({ ...fact, head, moved: now });
  }

  #gate(gate: number): Gate {
    return this.config.without === "gate-unread" ? { state: "absent" } : gateByNumber(this.facts, gate);
  }

  #run = ({ worker, attempt }: Run) => ({ id: workerRunId(worker), attempt });

  #name(order: number) {
    const { issue, attempt }: Order = this.facts.orders.get(order);
    return { repositoryId: MODEL_REPOSITORY, issue: numberOfIssue(issue), attempt };
  }

  #order(order: number) {
    const name = this.#name(order);
    return { ...name, key: attemptKey(name.repositoryId, name.issue, name.attempt) };
  }
}

/** As `passGate` of the ledger sees that a write whose reply was lost has arrived; pass-gate.test.ts holds both together. */
function says(
  gate: Gate,
  wanted: "working" | "publishing",
  run: { readonly id: string; readonly attempt: number },
): boolean {
  if (gate.state !== "present" || gate.fact.state === "closed") return false;
  const { state, run: id, runAttempt } = gate.fact;
  return id === run.id && runAttempt === run.attempt && (state === wanted || wanted === "working");
}
