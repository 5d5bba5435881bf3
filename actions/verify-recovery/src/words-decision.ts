import type { CheckName, DecisionKind, VerifyCheck, VerifyDecision } from "./facts.ts";
import { describeSpan } from "./words.ts";

const TITLES: { readonly [Kind in DecisionKind]: string } = {
  close: "Recovered",
  wait: "Recovery: waiting for proof",
  retry: "The fix did not help",
  escalate: "Recovery: a person has to decide",
  reopen: "Reopened: the errors are back",
  confirm: "Still recovered",
  watch: "Recovery: watching deployments",
  skip: "Recovery: nothing to do",
};

const SLOW_AGAIN = "Reopened: it is slow again";
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
 *
 * @param notify logins and teams; mentioned on escalation only
 */
export function decisionText(decision: VerifyDecision, notify: readonly string[] = []): string {
  return [
    `### ${chooseTitle(decision)}`,
    "",
    inert(decision.reason),
    "",
    "| Question | Answer | |",
    "|---|---|---|",
    ...decision.checks.map(checkRow),
    "",
    ...etaLines(decision),
    `What would change it: ${inert(decision.next)}`,
    ...mentionLines(decision, notify),
  ].join("\n");
}

function chooseTitle({ decision, numbers }: VerifyDecision): string {
  if (decision === "close" && numbers.facts.kind === "asked") return DONE;
  return decision === "reopen" && numbers.facts.kind === "performance" ? SLOW_AGAIN : TITLES[decision];
}

/** A decision as one line of the log. */
export function decisionLine(issue: number, { decision, verdict, reason, eta }: VerifyDecision): string {
  const until = eta === null ? "" : ` The next answer is expected by ${readable(eta)}.`;
  return `#${issue}: ${decision} (${verdict}). ${reason}${until}`;
}

function checkRow({ name, state, detail }: VerifyCheck): string {
  // The fix is our own words: its pull request may be linked.
  const words = name === "fix" ? detail : inert(detail);
  return `| ${QUESTIONS[name]} | ${ANSWERS[state]} | ${words} |`;
}

function etaLines({ eta, numbers }: VerifyDecision): string[] {
  if (eta === null) return [];
  const span = describeSpan(Date.parse(eta) - numbers.now);
  return [`The next answer is expected by ${readable(eta)}, in ${span}.`, ""];
}

function mentionLines({ decision }: VerifyDecision, notify: readonly string[]): string[] {
  const names = notify
    .map((name) => name.replace(/^@/, ""))
    .filter((name) => /^[\w-]+(\/[\w.-]+)?$/.test(name));
  if (decision !== "escalate" || names.length === 0) return [];
  return ["", names.map((name) => `@${name}`).join(" ")];
}

function readable(iso: string): string {
  return iso.replace("T", " ").replace(/(:\d\d)?\.\d+Z$/, " UTC");
}

/** Words of providers may be in a sentence: they must not notify, refer, link, or break the table. */
export function inert(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replace(/[\\|<>[\]*_~]/g, (character) => `\\${character}`)
    .replace(/[@#](?=\w)/g, "$&\u2060")
    .replace(/\bGH-(?=\d)/gi, "$&\u2060")
    .replace(/:(?=\/\/)/g, ":\u2060")
    .replace(/\bwww(?=\.)/gi, "$&\u2060")
    .trim();
}
