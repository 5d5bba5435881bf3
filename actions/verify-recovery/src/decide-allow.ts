import type { Allowable } from "@patchpilot/action-kit/contract";
import { HOUR } from "@patchpilot/time";
import { RULE } from "@patchpilot/verdict";
import type { DecisionKind, VerifyFacts, VerifySettings } from "./facts.ts";
import { capInstant, type VerifyFinding } from "./questions/answer.ts";

const NEEDS: Partial<Record<DecisionKind, Allowable>> = {
  close: "close",
  reopen: "close",
  retry: "retry",
  escalate: "escalate",
};

/**
 * What becomes of a finding that `allow` does not hold: it is said and waits for a person. What should have been
 * closed goes to a person at the cap, and what should have been reopened at once, for nobody looks at a closed issue.
 */
export function applyAllow(
  finding: VerifyFinding,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyFinding {
  const { allow } = settings;
  const needed = NEEDS[finding.decision];
  if (needed === undefined || allow.includes(needed)) return finding;
  const told = {
    ...finding,
    reason: `${finding.reason} Nothing is done about it, as \`allow\` does not hold ${needed}.`,
    next: `Add ${needed} to \`allow\`, or act by hand.`,
  };
  const cap = capInstant(facts, settings);
  const isPersonDue = finding.decision === "reopen" || (finding.decision === "close" && now >= cap);
  return isPersonDue && allow.includes("escalate")
    ? { ...told, decision: "escalate", eta: null }
    : { ...told, decision: "wait", eta: nextInstant(cap, now, settings) };
}

/** The cap, or after it the next instant that is whole spans of it later: a wait always says until when. */
function nextInstant(cap: number, now: number, { capHours = RULE.capHours }: VerifySettings): number {
  const span = capHours * HOUR;
  return now < cap ? cap : cap + (Math.floor((now - cap) / span) + 1) * span;
}
