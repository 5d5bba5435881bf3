import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import type { Troubles } from "./asking.ts";
import type { contract } from "./contract.ts";
import { decide } from "./decide.ts";
import type { DecisionKind, Settings } from "./facts.ts";
import { type Gathered, gatherFacts } from "./gather.ts";
import { decisionLine, decisionText, inert } from "./message.ts";
import { missingNotices } from "./missing-notices.ts";
import type { DecidedCase, Elsewhere, Inputs, Ports, Written } from "./ports.ts";
import { recordOf } from "./record.ts";

type Result = Outcome<typeof contract>;

/** Looks at every incident whose fix may be live: reads, decides, applies. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  if (namesNoIssues(inputs)) return nothingAsked();
  const settings = settingsOf(inputs);
  const troubles: Troubles = { lines: [], refused: [] };

  const { now, cases, elsewhere = [], absences } = await ports.readCases();
  const gathered = await gatherFacts(cases, ports, troubles, {
    now,
    settings,
    maxAttempts: inputs["max-attempts"],
    exposure: inputs.exposure,
  });

  const all = gathered.map((entry) => decideCase(entry, now, settings, inputs.notify));
  const decided = all.filter(({ decision }) => decision.decision !== "skip");

  const reason = readOnlyReason(inputs);
  const written = reason === undefined ? await ports.apply(decided) : NOTHING;
  const notices = [
    ...(reason ? [reason] : []),
    ...missingNotices(inputs),
    ...elsewhere.map((other) => elsewhereNotice(other, inputs)),
    ...(absences ?? []),
  ];
  return report(decided, troubles, written, { notices, idle: idleSentences(all, absences !== undefined) });
}

const elsewhereNotice = ({ issue, environment }: Elsewhere, inputs: Inputs): string =>
  `Issue ${issue} is slow in the environment ${environment}, and this run asks about ${inputs.environment}: it is left to a run with \`environment: ${environment}\`.`;

/**
 * What a run says of the incidents about which it decides nothing: of named ones why, and of all others how many it
 * looked at, so that no run is silent.
 */
function idleSentences(all: readonly DecidedCase[], isNamed: boolean): string[] {
  const skipped = all.filter(({ decision }) => decision.decision === "skip");
  if (isNamed)
    return skipped.map(({ case: { issue }, decision }) => `#${issue}: nothing is done. ${decision.reason}`);
  if (skipped.length < all.length) return [];
  return [
    all.length === 0
      ? "No incident waits to be verified."
      : `Looked at ${all.length} ${all.length === 1 ? "incident" : "incidents"}; nothing is due.`,
  ];
}

const NOTHING: Written = { problems: [], unwritten: new Set() };

function settingsOf(inputs: Inputs): Settings {
  const capHours = inputs["cap-hours"];
  return {
    allow: inputs.allow,
    minDeployAgeMs: inputs["min-deploy-age-seconds"] * 1000,
    ...(capHours === undefined ? {} : { capHours }),
  };
}

function decideCase(
  entry: Gathered,
  now: number,
  settings: Settings,
  notify: readonly string[],
): DecidedCase {
  const decision = decide(entry.facts, now, settings);
  const data = recordOf(entry.case, decision, now);
  return {
    case: entry.case,
    decision,
    record: data === null ? null : { text: decisionText(decision, notify), data },
  };
}

function report(
  decided: readonly DecidedCase[],
  troubles: Troubles,
  { problems, unwritten }: Written,
  { notices, idle }: { readonly notices: readonly string[]; readonly idle: readonly string[] },
): Result {
  const [refusal] = troubles.refused;
  const lines: Line[] = [
    ...notices.map((text): Line => ({ level: "notice", text })),
    ...decided.map(
      (entry): Line => ({ level: "info", text: decisionLine(entry.case.issue, entry.decision) }),
    ),
    ...idle.map((text): Line => ({ level: "info", text })),
    ...[...troubles.lines, ...troubles.refused, ...problems].map(
      (text): Line => ({ level: "warning", text }),
    ),
  ];
  return {
    outputs: outputsOf(decided, unwritten),
    lines,
    summary: summaryOf(decided, [...notices, ...idle]),
    ...(refusal === undefined ? {} : { failure: `What could be decided without it was. ${refusal}` }),
  };
}

/** What a next step may rely on: a decision that was not written is told in `decisions` only. */
function outputsOf(decided: readonly DecidedCase[], unwritten: ReadonlySet<number>): Result["outputs"] {
  const shown = decided.filter((entry) => !unwritten.has(entry.case.issue));
  const having = (...kinds: DecisionKind[]) =>
    shown.filter(({ decision }) => kinds.includes(decision.decision)).map((entry) => entry.case.issue);
  const issues = having("retry", "reopen");
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
    decisions: decided.flatMap(({ case: { issue }, decision: { decision, verdict, reason, eta, checks } }) =>
      decision === "skip" ? [] : [{ issue, decision, verdict, reason, eta, checks: [...checks] }],
    ),
  };
}

function summaryOf(decided: readonly DecidedCase[], said: readonly string[]): string {
  const rows = decided.map(({ case: { issue }, decision }) => {
    return `| #${issue} | ${decision.decision} | ${decision.verdict} | ${inert(decision.reason)} | ${decision.eta ?? ""} |`;
  });
  const table = ["| Issue | Decision | Verdict | Why | By |", "|---|---|---|---|---|", ...rows, ""];
  return ["### Recovery", "", ...(rows.length > 0 ? table : []), ...said.map((text) => `- ${text}`)].join(
    "\n",
  );
}

function nothingAsked(): Result {
  return {
    outputs: outputsOf([], NOTHING.unwritten),
    lines: [{ level: "notice", text: NO_ISSUES }],
    summary: summaryOf([], [NO_ISSUES]),
  };
}
