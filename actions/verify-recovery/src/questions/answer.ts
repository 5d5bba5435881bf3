import { cutAtCodePoint } from "@patchpilot/evidence";
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
import { describeDue } from "../words.ts";

/** What one question ends the matter with. */
export type VerifyFinding = {
  readonly decision: DecisionKind;
  readonly verdict: VerifyVerdict;
  /** One or two sentences to be read alone, of at most about 200 signs: numbers in the reader's words, times in UTC. */
  readonly reason: string;
  /** What follows by itself, as the reason's last sentence: left out if it does not follow. */
  readonly follows?: string;
  /** What you have to do; null: nothing. */
  readonly next: string | null;
  /** The numbers behind the reason, a sentence each: odds, buckets, all that holds it up. */
  readonly odds?: readonly string[];
  /** `traffic`: someone is needed at once, though nothing is decided. `unread`: what a decision needs cannot be read. */
  readonly needs?: "traffic" | "unread";
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

/** A wait that someone ends at its deadline; until then the reason says when that is. */
export function waitUntil(
  deadline: number,
  now: number,
  settings: VerifySettings,
  wait: Omit<VerifyFinding, "decision" | "eta">,
): VerifyFinding {
  if (now < deadline) {
    const follows = describeDeadline(deadline, now, settings);
    return { ...wait, follows, decision: "wait", eta: deadline };
  }
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
): VerifyFinding => waitUntil(capInstant(facts, settings), now, settings, wait);

/** Who decides when waiting ends, and when that is. */
export const describeDeadline = (at: number, now: number, { allow }: VerifySettings): string =>
  allow.includes("escalate")
    ? `You decide on ${describeDue(at, now)}.`
    : `Waiting ends on ${describeDue(at, now)}.`;

/** The facts of a question could not be read: it waits up to the cap, and then someone has to see why. */
export const haltUnknown = (
  name: CheckName,
  detail: string,
  what: string,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyAnswer =>
  halt(
    { name, state: "unknown", detail },
    needAccess(
      waitForCap(facts, now, settings, {
        reason: `${what}: ${endSentence(cutAtCodePoint(detail, MOST_DETAIL))}`,
        next: null,
        verdict: "unknown",
      }),
    ),
  );

const needAccess = (finding: VerifyFinding): VerifyFinding =>
  finding.decision === "escalate" ? { ...finding, needs: "unread" } : finding;

/** A provider's own words; the table of checks has all of them. */
const MOST_DETAIL = 160;

/** A provider's words with a point at their end. */
export const endSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** When waiting ends: by the rate of the errors if it is known, else by the settings. */
export function capInstant({ deployment, errors }: VerifyFacts, settings: VerifySettings): number {
  const since = deployment?.state === "live" ? deployment.since : 0;
  const hours = errors?.state === "counted" ? errors.summary.cap : (settings.capHours ?? RULE.capHours);
  return since + hours * HOUR;
}
