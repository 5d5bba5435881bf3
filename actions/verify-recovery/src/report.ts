import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, writeSummary } from "@patchpilot/action-kit/contract";
import { countThings, inertSentence } from "@patchpilot/evidence";
import { omitUndefined } from "@patchpilot/optional";
import { describeInstant } from "@patchpilot/time";
import type { contract } from "./contract.ts";
import type { DecisionKind } from "./facts.ts";
import type { Written } from "./ports.ts";
import type { DecidedCase } from "./questions/case.ts";
import type { Troubles } from "./questions/reading.ts";
import { describeDecisionLine, tellKind } from "./words-decision.ts";

export type VerifyResult = Outcome<typeof contract>;

export const NOTHING_WRITTEN: Written = { problems: [], resolved: [], unwritten: new Set() };

const linesAt = (level: Line["level"], texts: readonly string[]): Line[] =>
  texts.map((text) => ({ level, text }));

export function reportRecoveries(
  decided: readonly DecidedCase[],
  troubles: Troubles,
  { problems, resolved, unwritten }: Written,
  { notices, idle }: { readonly notices: readonly string[]; readonly idle: readonly string[] },
): VerifyResult {
  const [refusal] = troubles.refused;
  const decisions = decided.map((entry) => describeDecisionLine(entry.case.issue, entry.decision));
  return {
    outputs: makeOutputs(decided, unwritten),
    lines: [
      ...linesAt("notice", notices),
      ...linesAt("info", [...decisions, ...resolved, ...idle]),
      ...linesAt("warning", [...troubles.lines, ...troubles.refused, ...problems]),
    ],
    summary: summarise(decided, [...notices, ...idle]),
    ...(refusal === undefined ? {} : { failure: `What could be decided without it was. ${refusal}` }),
  };
}

/** The run names no issue. */
export const reportNoIssues = (): VerifyResult => ({
  outputs: makeOutputs([], NOTHING_WRITTEN.unwritten),
  lines: linesAt("info", [NO_ISSUES]),
  summary: writeSummary("Recovery", NO_ISSUES),
});

/** What a next step may rely on: a decision that was not written is in `decisions` only. */
function makeOutputs(
  decided: readonly DecidedCase[],
  unwritten: ReadonlySet<number>,
): VerifyResult["outputs"] {
  const shown = decided.filter((entry) => !unwritten.has(entry.case.issue));
  const having = (...kinds: DecisionKind[]) =>
    shown.filter(({ decision }) => kinds.includes(decision.decision)).map((entry) => entry.case.issue);
  const unfixed = new Set(
    shown.filter(({ decision }) => decision.phase === "accepted").map(({ case: { issue } }) => issue),
  );
  const issues = [...having("retry"), ...having("reopen").filter((issue) => unfixed.has(issue))];
  return {
    issues,
    incidents: decided.map(({ case: { issue, summary }, decision }) =>
      unwritten.has(issue) ? summary : { ...summary, phase: decision.phase },
    ),
    count: issues.length,
    closed: having("close"),
    waiting: having("wait", "watch"),
    retry: having("retry"),
    escalated: having("escalate"),
    reopened: having("reopen"),
    decisions: decided.flatMap(
      ({ case: { issue }, decision: { decision, verdict, reason, needs, eta, checks } }) =>
        decision === "skip"
          ? []
          : [{ issue, decision, verdict, reason, ...omitUndefined({ needs }), eta, checks: [...checks] }],
    ),
  };
}

const DECISIONS: { readonly [Kind in DecisionKind]: string } = {
  close: "Recovered",
  wait: "Waiting",
  retry: "Did not help",
  escalate: "Needs you",
  reopen: "Reopened",
  confirm: "Still away",
  doubt: "Needs you",
  watch: "Watching",
  skip: "Nothing to do",
};

function summarise(decided: readonly DecidedCase[], notes: readonly string[]): string {
  const rows = decided.map(({ case: { issue }, decision }) => [
    `#${issue}`,
    DECISIONS[tellKind(decision)],
    inertSentence(decision.reason),
    decision.eta === null ? "" : describeInstant(decision.eta, decision.eta),
  ]);
  const [first = "Nothing is due.", ...others] =
    rows.length > 0 ? [`${countThings(rows.length, "incident")} looked at.`, ...notes] : notes;
  return writeSummary("Recovery", first, { head: ["Issue", "Now", "Why", "Answer by"], rows }, others);
}
