import { judgeRedChecks } from "@patchpilot/action-dispatch/decide/red-checks";
import { mayAct, type Settled } from "@patchpilot/action-dispatch/decide/settle";
import type { DispatchFacts, DispatchSettings } from "@patchpilot/action-dispatch/facts";
import { judgeClosing, makeClosing } from "@patchpilot/action-dispatch/write/close-gates";
import { makeDispatchSettings } from "./dispatch-settings.ts";
import { OnceJudge } from "./judge.ts";
import { toFacts } from "./to-facts.ts";
import { settleWithout } from "./without-rules.ts";

/** What came of closing the gate: nothing was to be closed, it is closed, it moved, or nobody knows. */
export const CLOSED = { nothing: 0, done: 1, moved: 2, unknown: 3 } as const;
/** What a question is about as one number: a quarter of a million sums, and as many million views as there will ever be. */
export const pack = (view: number, run: number, closed: number, book = 0): number =>
  ((view * 8 + run) * 4 + closed) * 2 ** 18 + book;

/** Asks the functions of `dispatch` what became of the last attempt. */
export class SettlingJudge extends OnceJudge {
  /** `settleAttempt`, and the gate that `makeClosing` makes of it, as a number. */
  settle(view: number): { readonly kind: string; readonly outcome?: string; readonly gate: number } {
    return this.once("settle", view, () => {
      const { facts, settings } = this.read(view, 0);
      const settlement = settleWithout(this.config, facts, settings);
      const { kind } = settlement;
      const write = kind === "close" ? makeClosing(facts, settlement, settings) : undefined;
      const gate = write === undefined ? 0 : this.facts.gates.number(write.fact);
      return { kind, gate, ...("outcome" in settlement ? { outcome: settlement.outcome } : {}) };
    });
  }

  /** As `rerunJobs` judges it, by `judgeRedChecks`. */
  isRerunDue(view: number): boolean {
    return this.once("rerun", view, () => {
      const { facts, settings } = this.read(view, 0);
      const isDue = judgeRedChecks(facts, settings).kind === "rerun";
      return isDue && facts.changeRequest === undefined && mayAct(facts.incident);
    });
  }

  /** As `closeGates` leaves an incident. */
  protected settled(view: number, run: number, closed: number): Settled {
    return this.once("settled", pack(view, run, closed), () => {
      const { facts, settings } = this.read(view, run);
      const settlement = settleWithout(this.config, facts, settings);
      if (settlement.kind !== "close" || closed === CLOSED.nothing) return { facts, settlement };
      const write = makeClosing(facts, settlement, settings);
      const state = closed === CLOSED.done ? "done" : closed === CLOSED.moved ? "refused" : "unknown";
      return judgeClosing({ facts, write }, { key: write.key, state, message: "" }, undefined);
    });
  }

  protected read(view: number, run: number): { facts: DispatchFacts; settings: DispatchSettings } {
    return this.once("read", pack(view, run, 0), () => {
      const known = this.facts.views.get(view);
      return {
        facts: toFacts(this.facts, known, this.config),
        settings: makeDispatchSettings(this.config, known.now, run),
      };
    });
  }
}
