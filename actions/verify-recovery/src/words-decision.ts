import { inertSentence } from "@patchpilot/evidence";
import type { CheckName, DecisionKind, VerifyCheck, VerifyDecision } from "./facts.ts";

const TITLES: { readonly [Kind in DecisionKind]: string } = {
  close: "Recovered",
  wait: "Live, watching",
  retry: "The fix did not help",
  escalate: "You have to decide",
  reopen: "Reopened: the errors are back",
  confirm: "Still away",
  doubt: "Cannot tell whether it is back",
  watch: "Watching deployments",
  skip: "Nothing to do",
};

const SLOW_TITLES: { readonly [Kind in DecisionKind]?: string } = {
  confirm: "Still fast",
  doubt: "Cannot tell whether it is slow again",
  reopen: "Reopened: it is slow again",
};
const NOT_LIVE = "Waiting for the deployment";
const NOBODY = "Your turn: nobody reaches the app";
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
 * A decision as people read it on the issue: what was seen, what you have to do, and folded the odds and the
 * answer to each question.
 */
export function describeDecision(decision: VerifyDecision): string {
  return [
    `### ${chooseTitle(decision)}`,
    "",
    inertSentence(decision.reason),
    ...nextLines(decision),
    "",
    foldOdds(decision),
  ].join("\n");
}

const nextLines = ({ next }: VerifyDecision): string[] =>
  next === null ? [] : ["", `**Next:** ${inertSentence(next)}`];

/** The numbers and the questions behind a decision, one click away. */
function foldOdds({ odds, checks }: VerifyDecision): string {
  return [
    "<details><summary>Odds and questions</summary>",
    "",
    ...odds.map((text) => `- ${inertSentence(text)}`),
    ...(odds.length > 0 ? [""] : []),
    "| Question | Answer | Sightings |",
    "|---|---|---|",
    ...checks.map(checkRow),
    "",
    "</details>",
  ].join("\n");
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
export function describeDecisionLine(issue: number, { decision, verdict, reason }: VerifyDecision): string {
  return `#${issue}: ${decision} (${verdict}). ${reason}`;
}

function checkRow({ name, state, detail }: VerifyCheck): string {
  // The fix is our own words: its pull request may be linked.
  const words = name === "fix" ? detail : inertSentence(detail);
  return `| ${QUESTIONS[name]} | ${ANSWERS[state]} | ${words} |`;
}
