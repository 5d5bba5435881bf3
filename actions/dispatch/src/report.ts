import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES } from "@patchpilot/action-kit/contract";
import {
  type AttemptOutcome,
  type Incident,
  type IncidentSummary,
  type Phase,
  summariseIncident,
} from "@patchpilot/incident";
import type { AppliedChange, IncidentChange } from "@patchpilot/ledger";
import type { contract, SkipReason } from "./contract.ts";
import type { Progress } from "./decide/changes.ts";
import type { Choice } from "./decide/choice.ts";
import { skipLine } from "./words.ts";
import type { Settled } from "./write/close-gates.ts";
import type { Opened } from "./write/sending.ts";

export type Result = Outcome<typeof contract>;
type Skip = { readonly issue: number; readonly reason: SkipReason; readonly detail: string };

const skipMissing = (issue: number): Skip => ({
  issue,
  reason: "not-accepted",
  detail: "it does not exist here, or the token may not read it",
});

const NOTHING_TO_DO: Line = { level: "info", text: "No incident waits for an attempt, and none has ended." };

function skipsOf(choices: ReadonlyMap<Settled, Choice>, opened: readonly Opened[]): Skip[] {
  const chosen = [...choices].flatMap(([{ facts }, choice]) =>
    choice.kind === "skip"
      ? [{ issue: facts.incident.number, reason: choice.reason, detail: choice.detail }]
      : [],
  );
  const failed = opened.flatMap((each) =>
    each.kind === "skipped"
      ? [{ issue: each.facts.incident.number, reason: each.reason, detail: each.detail }]
      : [],
  );
  return [...chosen, ...failed];
}

/**
 * Outputs, log and summary of a run that acted.
 * @param changes what the issues should show now
 * @param unwritten why none of them shows it
 */
export function report(
  { settled, choices, opened, missing }: Progress,
  changes: readonly IncidentChange[],
  applied: readonly AppliedChange[],
  unwritten?: string,
): Result {
  const dispatched = opened.flatMap((each) =>
    each.kind === "dispatched"
      ? [{ issue: each.facts.incident.number, attempt: each.attempt, key: each.key, runId: each.runId }]
      : [],
  );
  const outcomes = settled.flatMap(({ facts, settlement }) => {
    const attempt = facts.claims.at(-1)?.attempt;
    const news =
      settlement.kind === "settled" &&
      facts.incident.records.attempts.get(attempt ?? 0)?.data.outcome === undefined;
    return news && attempt !== undefined && settlement.kind === "settled"
      ? [{ issue: facts.incident.number, attempt, outcome: settlement.outcome }]
      : [];
  });
  const skipped = [...skipsOf(choices, opened), ...missing.map(skipMissing)];
  const lines: Line[] = [
    ...dispatched.map(
      (each): Line => ({
        level: "notice",
        text: `#${each.issue}: repair attempt ${each.attempt} dispatched (${each.key}).`,
      }),
    ),
    ...outcomes.map(
      (each): Line => ({
        level: "info",
        text: `#${each.issue}: attempt ${each.attempt} ended: ${each.outcome}.`,
      }),
    ),
    ...skipped.map((each) => skipLine(each.issue, each.reason, each.detail)),
    ...(dispatched.length + outcomes.length + skipped.length === 0 ? [NOTHING_TO_DO] : []),
    ...applied.flatMap((each) => each.problems.map((text): Line => ({ level: "warning", text }))),
  ];
  return {
    outputs: outputsOf(summariesOf(settled, phasesAfter(changes, applied)), dispatched, outcomes, skipped),
    lines,
    summary: summaryOf(dispatched, outcomes, skipped),
    ...(unwritten === undefined ? failureOf(dispatched, skipped) : { failure: unwritten }),
  };
}

/** Red only where every dispatch that was tried was refused: then nothing could be done. */
function failureOf(dispatched: readonly unknown[], skipped: readonly Skip[]): { failure?: string } {
  const refusals = skipped.filter(
    ({ reason }) => reason === "dispatch-refused" || reason === "claim-refused",
  );
  const [first] = refusals;
  return dispatched.length === 0 && first !== undefined && refusals.length === skipped.length
    ? { failure: `Nothing was dispatched. ${first.detail}` }
    : {};
}

/** The phases that this run left issues in; one that could not be written whole shows the phase that it had. */
function phasesAfter(
  changes: readonly IncidentChange[],
  applied: readonly AppliedChange[],
): ReadonlyMap<number, Phase> {
  const whole = new Set(applied.filter(({ problems }) => problems.length === 0).map(({ issue }) => issue));
  return new Map(
    changes.flatMap(({ incident: { number }, phase }): [number, Phase][] =>
      phase !== undefined && whole.has(number) ? [[number, phase]] : [],
    ),
  );
}

const summariesOf = (settled: readonly Settled[], after: ReadonlyMap<number, Phase>): IncidentSummary[] =>
  settled.flatMap(({ facts: { incident } }) => summaryOfIncident(incident, after.get(incident.number)));

function outputsOf(
  incidents: IncidentSummary[],
  dispatched: Result["outputs"]["dispatched"],
  outcomes: { issue: number; attempt: number; outcome: AttemptOutcome }[],
  skipped: Skip[],
): Result["outputs"] {
  return {
    issues: dispatched.map(({ issue }) => issue),
    incidents,
    count: dispatched.length,
    dispatched,
    settled: outcomes,
    skipped,
  };
}

function summaryOfIncident(incident: Incident, after?: Phase): IncidentSummary[] {
  const record = incident.records.incident?.data;
  const phase = after ?? incident.phase;
  if (record === undefined || phase === undefined) return [];
  return [summariseIncident(incident, record, phase)];
}

function summaryOf(
  dispatched: Result["outputs"]["dispatched"],
  outcomes: readonly { issue: number; attempt: number; outcome: string }[],
  skipped: readonly Skip[],
): string {
  if (dispatched.length + outcomes.length + skipped.length === 0)
    return `### Dispatch\n\n${NOTHING_TO_DO.text}`;
  const rows = [
    ...dispatched.map((each) => `| #${each.issue} | attempt ${each.attempt} dispatched | \`${each.key}\` |`),
    ...outcomes.map((each) => `| #${each.issue} | attempt ${each.attempt} ended | ${each.outcome} |`),
    ...skipped.map((each) => `| #${each.issue} | ${each.reason} | ${each.detail.replace(/[|\n]/g, " ")} |`),
  ];
  return ["### Dispatch", "", "| Issue | What | Detail |", "|---|---|---|", ...rows].join("\n");
}

/**
 * Outputs and log of a run that only reads.
 * @param why it does
 */
export function plan(
  settled: readonly Settled[],
  choices: ReadonlyMap<Settled, Choice>,
  why: string,
): Result {
  const planned = [...choices].flatMap(([{ facts }, choice]): Line[] =>
    choice.kind === "skip"
      ? []
      : [
          {
            level: "info",
            text: `#${facts.incident.number}: attempt ${choice.attempt} would be dispatched.`,
          },
        ],
  );
  const closings = settled.flatMap(({ facts, settlement }): Line[] =>
    settlement.kind === "close"
      ? [
          {
            level: "info",
            text: `#${facts.incident.number}: its attempt would be settled as ${settlement.outcome}.`,
          },
        ]
      : [],
  );
  const stopped: Skip[] = [...choices].map(([{ facts }, choice]) =>
    choice.kind === "skip"
      ? { issue: facts.incident.number, reason: choice.reason, detail: choice.detail }
      : { issue: facts.incident.number, reason: "stopped", detail: why },
  );
  const lines: Line[] = [
    { level: "notice", text: why },
    ...closings,
    ...planned,
    ...stopped.map((each) => skipLine(each.issue, each.reason, each.detail)),
  ];
  return {
    outputs: outputsOf(summariesOf(settled, new Map()), [], [], stopped),
    lines,
    summary: ["### Dispatch", "", ...lines.map(({ text }) => `- ${text.replace(/\n/g, " ")}`)].join("\n"),
  };
}

const empty: Result["outputs"] = {
  issues: [],
  incidents: [],
  count: 0,
  dispatched: [],
  settled: [],
  skipped: [],
};

export const nothingAsked = (): Result => ({
  outputs: empty,
  lines: [{ level: "notice", text: NO_ISSUES }],
  summary: `### Dispatch\n\n${NO_ISSUES}`,
});

export const refused = (failure: string): Result => ({ outputs: empty, lines: [], summary: "", failure });
