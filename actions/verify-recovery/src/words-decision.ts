import { inertSentence } from "@patchpilot/evidence";
import { foldRecord } from "@patchpilot/status";
import type { CheckName, DecisionKind, VerifyCheck, VerifyDecision } from "./facts.ts";

const TITLES: { readonly [Kind in DecisionKind]: string } = {
  close: "recovered",
  wait: "live, watching",
  retry: "the fix did not help",
  escalate: "you have to decide",
  reopen: "reopened, the errors are back",
  confirm: "still away",
  doubt: "cannot tell whether it is back",
  watch: "watching deployments",
  skip: "nothing to do",
};

const SLOW_TITLES: { readonly [Kind in DecisionKind]?: string } = {
  confirm: "still fast",
  doubt: "cannot tell whether it is slow again",
  reopen: "reopened, it is slow again",
};
const NOT_LIVE = "waiting for the deployment";
const NOBODY = "nobody reaches the app";
const LOST = "reopened, production lost the fix";
const A_TENTH = "about a tenth of the errors is left";
const DONE = "done, nothing was measured";

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
 * A decision as its record's comment shows it: one line, and folded what was seen, what you have to do, the odds, and the
 * answer to each question.
 * @param others sections that follow
 */
export function describeDecision(decision: VerifyDecision, others: readonly string[] = []): string {
  const { next, odds, checks } = decision;
  const parts = [
    inertSentence(decision.reason),
    next === null ? "" : `**Next:** ${inertSentence(next)}`,
    odds.map((text) => `- ${inertSentence(text)}`).join("\n"),
    ["| Question | Answer | Seen |", "|---|---|---|", ...checks.map(checkRow)].join("\n"),
    ...others,
  ];
  return foldRecord(`Verdict: ${chooseTitle(decision)}`, parts.filter(Boolean).join("\n\n"));
}

function chooseTitle({ decision, verdict, needs, numbers }: VerifyDecision): string {
  const { kind, deployment } = numbers.facts;
  if (needs === "traffic") return NOBODY;
  if (decision === "wait" && deployment?.state !== "live") return NOT_LIVE;
  if (decision === "close" && kind === "asked") return DONE;
  if (decision === "reopen" && verdict === "not-deployed") return LOST;
  if (decision === "doubt" && verdict === "improved") return A_TENTH;
  if (kind !== "performance") return TITLES[decision];
  return SLOW_TITLES[decision] ?? TITLES[decision];
}

/** A decision as one line of the log. */
export const describeDecisionLine = (issue: number, decision: VerifyDecision): string =>
  `#${issue} ${SAID[tellKind(decision)]}. ${decision.reason}`;

/** A wait of which you are called at once is told as what you have to decide. */
export const tellKind = ({ decision, needs }: VerifyDecision): DecisionKind =>
  needs === undefined ? decision : "escalate";

/** What a decision makes of an issue, as the rest of a sentence. */
const SAID: { readonly [Kind in DecisionKind]: string } = {
  close: "is closed",
  wait: "is watched",
  retry: "needs another attempt",
  escalate: "needs you",
  reopen: "is reopened",
  confirm: "stays closed",
  doubt: "needs you",
  watch: "is watched",
  skip: "is left as it is",
};

function checkRow({ name, state, detail }: VerifyCheck): string {
  // The fix is our own words: its pull request may be linked.
  const words = name === "fix" ? detail : inertSentence(detail);
  return `| ${QUESTIONS[name]} | ${ANSWERS[state]} | ${words} |`;
}
