import type { Check, DecisionKind, Facts, Settings, Verdict } from "../facts.ts";

/** What one question ends the matter with. */
export type Finding = {
  readonly decision: DecisionKind;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly next: string;
  /** Instant by which the next answer is expected if nothing more happens; null where nothing is waited for. */
  readonly eta: number | null;
};

/** The answer to one question. `open`: its facts have not been asked for; `halt`: no further question matters. */
export type Answer =
  | { readonly kind: "open" }
  | { readonly kind: "pass"; readonly check: Check }
  | { readonly kind: "halt"; readonly check: Check; readonly finding: Finding };

export type Question = (facts: Facts, now: number, settings: Settings) => Answer;

export const OPEN: Answer = { kind: "open" };

export const pass = (check: Check): Answer => ({ kind: "pass", check });

export const halt = (check: Check, finding: Finding): Answer => ({ kind: "halt", check, finding });

/** A wait that a person ends at its deadline. */
export function waitUntil(deadline: number, now: number, wait: Omit<Finding, "decision" | "eta">): Finding {
  if (now < deadline) return { ...wait, decision: "wait", eta: deadline };
  return {
    ...wait,
    decision: "escalate",
    verdict: wait.verdict === "not-deployed" ? "not-deployed" : "inconclusive",
    eta: null,
  };
}
