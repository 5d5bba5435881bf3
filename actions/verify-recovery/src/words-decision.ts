import { inertSentence } from "@patchpilot/evidence";
import { describeSpan, formatMinute } from "@patchpilot/time";
import type { CheckName, DecisionKind, VerifyCheck, VerifyDecision } from "./facts.ts";

const TITLES: { readonly [Kind in DecisionKind]: string } = {
  close: "Recovered",
  wait: "Recovery: waiting for proof",
  retry: "The fix did not help",
  escalate: "Recovery: a person has to decide",
  reopen: "Reopened: the errors are back",
  confirm: "Still away",
  doubt: "Cannot tell whether it is back",
  watch: "Recovery: watching deployments",
  skip: "Recovery: nothing to do",
};

const SLOW_TITLES: { readonly [Kind in DecisionKind]?: string } = {
  confirm: "Still fast",
  doubt: "Cannot tell whether it is slow again",
  reopen: "Reopened: it is slow again",
};
const LOST = "Reopened: production lost the fix";
const A_TENTH = "About a tenth of the errors is left";
const DONE = "Done; nothing was measured";

const QUESTIONS: { readonly [Name in CheckName]: string } = {
  fix: "Is there a fix?",
  deployment: "Is it live?",
  health: "Does the app answer?",
  traffic: "Is it in use?",
  errors: "Have the errors stopped?",
  latency: "Is it fast again?",
};

const ANSWERS: { readonly [State in VerifyCheck["state"]]: string } = {
  yes: "yes",
  no: "**no**",
  unknown: "not known",
  skipped: "not asked",
};

/**
 * A decision as people read it on the issue: one line of verdict, one table of checks, what would change it,
 * and on a wait when it will be decided.
 */
export function describeDecision(decision: VerifyDecision): string {
  return [
    `### ${chooseTitle(decision)}`,
    "",
    inertSentence(decision.reason),
    "",
    "| Question | Answer | |",
    "|---|---|---|",
    ...decision.checks.map(checkRow),
    "",
    ...etaLines(decision),
    `What would change it: ${inertSentence(decision.next)}`,
  ].join("\n");
}

function chooseTitle({ decision, verdict, numbers }: VerifyDecision): string {
  const { kind } = numbers.facts;
  if (decision === "close" && kind === "asked") return DONE;
  if (decision === "reopen" && verdict === "not-deployed") return LOST;
  if (decision === "doubt" && verdict === "improved") return A_TENTH;
  if (kind !== "performance") return TITLES[decision];
  return SLOW_TITLES[decision] ?? TITLES[decision];
}

/** A decision as one line of the log. */
export function describeDecisionLine(
  issue: number,
  { decision, verdict, reason, eta }: VerifyDecision,
): string {
  const until = eta === null ? "" : ` The next answer is expected by ${formatMinute(eta)} UTC.`;
  return `#${issue}: ${decision} (${verdict}). ${reason}${until}`;
}

function checkRow({ name, state, detail }: VerifyCheck): string {
  // The fix is our own words: its pull request may be linked.
  const words = name === "fix" ? detail : inertSentence(detail);
  return `| ${QUESTIONS[name]} | ${ANSWERS[state]} | ${words} |`;
}

function etaLines({ eta, numbers }: VerifyDecision): string[] {
  if (eta === null) return [];
  const span = describeSpan(Date.parse(eta) - numbers.now);
  return [`The next answer is expected by ${formatMinute(eta)} UTC, in ${span}.`, ""];
}
