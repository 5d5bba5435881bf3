import type { Allowable } from "@patchpilot/action-kit/contract";
import type { Phase } from "@patchpilot/incident";
import { HOUR, MINUTE } from "@patchpilot/time";
import { RULE } from "@patchpilot/verdict";
import {
  CHECKS,
  type CheckName,
  type Close,
  type ClosingQuestion,
  type DecisionKind,
  type Replay,
  type VerifyCheck,
  type VerifyDecision,
  type VerifyFacts,
  type VerifySettings,
} from "./facts.ts";
import { capInstant, type VerifyFinding, type VerifyQuestion } from "./questions/answer.ts";
import { findClosingQuestion } from "./questions/closing.ts";
import { askDeployment, closeAsked } from "./questions/deployment/decide.ts";
import { askErrors } from "./questions/errors/decide.ts";
import { askFix } from "./questions/fix/decide.ts";
import { askHealth } from "./questions/health/decide.ts";
import { askLatency } from "./questions/latency/decide.ts";
import { lookQuestions } from "./questions/latency/look.ts";
import { askTraffic } from "./questions/traffic/decide.ts";
import { watchQuestions } from "./questions/watch/decide.ts";
import { findDueLooks } from "./questions/watch/due.ts";

/** A question whose facts are still to be read; `sign` and `watch` are asked of what is closed. */
export type OpenQuestion = Exclude<CheckName, "fix"> | ClosingQuestion | "sign" | "watch";

const QUESTIONS: readonly (readonly [CheckName, VerifyQuestion])[] = [
  ["fix", askFix],
  ["deployment", askDeployment],
  ["health", askHealth],
  ["traffic", askTraffic],
];
const LAST_QUESTION = { error: ["errors", askErrors], performance: ["latency", askLatency] } as const;

/** Of work that a person asked for there is nothing to measure, and nobody has to use it before it is done. */
const QUESTIONS_OF_ASKED = QUESTIONS.filter(([name]) => name !== "traffic");

/**
 * Decides on one incident: the cheapest question first, stopping at the first "no". Pure: the same facts at
 * the same instant with the same settings give the same decision.
 *
 * @param now the provider's clock, in milliseconds
 */
export function decideRecovery(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyDecision {
  const { answers, finding } = walkQuestions(facts, now, settings);
  const settled = applyAllow(facts.close ? finding : applyWatch(finding, facts), facts, now, settings);
  const { answersLook = false, odds = [], follows, reason, ...found } = settled;
  return {
    ...found,
    reason: follows === undefined ? reason : `${reason} ${follows}`,
    odds,
    eta: settled.eta === null ? null : new Date(Math.ceil(settled.eta / MINUTE) * MINUTE).toISOString(),
    checks: listChecks(facts).map(
      (name) => answers.get(name) ?? { name, state: "skipped", detail: "not asked" },
    ),
    phase: phaseAfter(settled, facts),
    resolve: settled.decision === "close" && facts.kind !== "asked" && settings.allow.includes("resolve"),
    looks: answersLook && facts.close ? findDueLooks(facts.close, now) : [],
    numbers: { facts, now, settings },
  };
}

/** Decides again from the numbers that a record holds. */
export function replay({ facts, now, settings }: Replay): VerifyDecision {
  return decideRecovery(facts, now, settings);
}

/** The question that has to be read next, if any: what `gather` is led by. */
export function openQuestion(
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): OpenQuestion | undefined {
  return walkQuestions(facts, now, settings).open;
}

type Walk = {
  readonly answers: ReadonlyMap<CheckName, VerifyCheck>;
  readonly finding: VerifyFinding;
  readonly open?: OpenQuestion;
};

function walkQuestions(facts: VerifyFacts, now: number, settings: VerifySettings): Walk {
  const answers = new Map<CheckName, VerifyCheck>();
  const close = facts.close;
  const questions = close ? listWatchQuestions(facts, close) : listQuestions(facts);
  for (const [name, ask] of questions) {
    const answer = ask(facts, now, settings);
    if (answer.kind === "open") return { answers, finding: NOT_ASKED, open: nameOpen(name, facts) };
    answers.set(name, answer.check);
    if (answer.kind === "halt") return { answers, finding: answer.finding };
  }
  return { answers, finding: kindOf(facts) === "asked" && !close ? closeAsked(facts) : NOT_ASKED };
}

const kindOf = ({ kind }: VerifyFacts) => kind ?? "error";

function listQuestions(facts: VerifyFacts): readonly (readonly [CheckName, VerifyQuestion])[] {
  const kind = kindOf(facts);
  return kind === "asked" ? QUESTIONS_OF_ASKED : [...QUESTIONS, LAST_QUESTION[kind]];
}

/** What is asked of an incident, in this order: of a slow operation its latency, of an error its errors. */
function listChecks(facts: VerifyFacts): readonly CheckName[] {
  const kind = kindOf(facts);
  if (kind === "asked") return QUESTIONS_OF_ASKED.map(([name]) => name);
  return CHECKS.filter((name) => name !== (kind === "performance" ? "errors" : "latency"));
}

/** Of what is closed already, only what came since is asked. */
function listWatchQuestions(
  facts: VerifyFacts,
  close: Close,
): readonly (readonly [CheckName, VerifyQuestion])[] {
  return kindOf(facts) === "performance" ? lookQuestions(close) : watchQuestions(close);
}

function nameOpen(name: CheckName, facts: VerifyFacts): OpenQuestion {
  // The operation's own requests are its traffic: one read answers both.
  if (name === "traffic" && kindOf(facts) === "performance") return "latency";
  if (name === "errors" && facts.close) return nameOpenOfWatch(facts);
  if ((name === "errors" || name === "latency") && facts[name] !== undefined)
    return findClosingQuestion(facts) ?? name;
  return name === "fix" ? "deployment" : name;
}

function nameOpenOfWatch({ sign, watch }: VerifyFacts): OpenQuestion {
  if (sign === undefined) return "sign";
  return watch === undefined ? "watch" : "sensor";
}

const NOT_ASKED: VerifyFinding = {
  decision: "skip",
  verdict: "unknown",
  reason: "Not everything that a decision needs has been read.",
  next: null,
  eta: null,
};

/** Without a known fix nothing but a recovery changes the incident: a deployment may be anything. */
function applyWatch(finding: VerifyFinding, { fix, phase }: VerifyFacts): VerifyFinding {
  if (fix.kind === "merged" || phase === "verifying") return finding;
  if (finding.decision === "close" || finding.decision === "skip") return finding;
  const { follows: _, ...found } = finding;
  return { ...found, decision: "watch", next: null };
}

/** A closed issue stays what it is, unless it is reopened. */
function phaseAfter({ decision, verdict }: VerifyFinding, { phase, close, kind }: VerifyFacts): Phase {
  if (close !== undefined && decision !== "reopen") return phase;
  const after: Partial<Record<DecisionKind, Phase>> = {
    close: kind === "asked" ? "done" : "recovered",
    wait: "verifying",
    retry: "requeued",
    escalate: "needs-human",
    // What production lost is to be deployed again, and not to be written again.
    reopen: verdict === "not-deployed" ? "verifying" : "accepted",
  };
  return after[decision] ?? phase;
}

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
function applyAllow(
  finding: VerifyFinding,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyFinding {
  const { allow } = settings;
  const needed = NEEDS[finding.decision];
  if (needed === undefined || allow.includes(needed)) return finding;
  const { follows: _, ...found } = finding;
  const told = {
    ...found,
    reason: `${finding.reason} Nothing is done, because \`allow\` lacks ${needed}.`,
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
