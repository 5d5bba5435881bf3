import type { DecisionKind, VerifyCheck, VerifyFacts, VerifySettings, VerifyVerdict } from "../facts.ts";

/** What one question ends the matter with. */
export type VerifyFinding = {
  readonly decision: DecisionKind;
  readonly verdict: VerifyVerdict;
  readonly reason: string;
  readonly next: string;
  /** Instant by which the next answer is expected if nothing more happens; null where nothing is waited for. */
  readonly eta: number | null;
};

/** The answer to one question. `open`: its facts have not been asked for; `halt`: no further question matters. */
export type VerifyAnswer =
  | { readonly kind: "open" }
  | { readonly kind: "pass"; readonly check: VerifyCheck }
  | { readonly kind: "halt"; readonly check: VerifyCheck; readonly finding: VerifyFinding };

export type VerifyQuestion = (facts: VerifyFacts, now: number, settings: VerifySettings) => VerifyAnswer;

export const OPEN: VerifyAnswer = { kind: "open" };

export const pass = (check: VerifyCheck): VerifyAnswer => ({ kind: "pass", check });

export const halt = (check: VerifyCheck, finding: VerifyFinding): VerifyAnswer => ({
  kind: "halt",
  check,
  finding,
});

/** A wait that a person ends at its deadline. */
export function waitUntil(
  deadline: number,
  now: number,
  wait: Omit<VerifyFinding, "decision" | "eta">,
): VerifyFinding {
  if (now < deadline) return { ...wait, decision: "wait", eta: deadline };
  return {
    ...wait,
    decision: "escalate",
    verdict: wait.verdict === "not-deployed" ? "not-deployed" : "inconclusive",
    eta: null,
  };
}
