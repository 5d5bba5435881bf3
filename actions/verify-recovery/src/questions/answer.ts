import { HOUR } from "@patchpilot/time";
import { RULE } from "@patchpilot/verdict";
import type {
  CheckName,
  DecisionKind,
  VerifyCheck,
  VerifyFacts,
  VerifySettings,
  VerifyVerdict,
} from "../facts.ts";

/** What one question ends the matter with. */
export type VerifyFinding = {
  readonly decision: DecisionKind;
  readonly verdict: VerifyVerdict;
  readonly reason: string;
  readonly next: string;
  /** Instant by which the next answer is expected if nothing more happens; null where nothing is waited for. */
  readonly eta: number | null;
  /** It answers the looks that are due after a close. */
  readonly answersLook?: boolean;
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

/** A wait that ends at the cap. */
export const waitForCap = (
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
  wait: Omit<VerifyFinding, "decision" | "eta">,
): VerifyFinding => waitUntil(capInstant(facts, settings), now, wait);

/** The facts of a question could not be read: it waits up to the cap. */
export const haltUnknown = (
  name: CheckName,
  detail: string,
  { what, next }: { readonly what: string; readonly next: string },
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyAnswer =>
  halt(
    { name, state: "unknown", detail },
    waitForCap(facts, now, settings, { reason: `${what}: ${detail}`, next, verdict: "unknown" }),
  );

/** When waiting ends: by the rate of the errors if it is known, else by the settings. */
export function capInstant({ deployment, errors }: VerifyFacts, settings: VerifySettings): number {
  const since = deployment?.state === "live" ? deployment.since : 0;
  const hours = errors?.state === "counted" ? errors.summary.cap : (settings.capHours ?? RULE.capHours);
  return since + hours * HOUR;
}
