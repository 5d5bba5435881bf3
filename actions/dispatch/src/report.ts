import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, writeSummary } from "@patchpilot/action-kit/contract";
import { asSentence, countThings, inertSentence } from "@patchpilot/evidence";
import { type IncidentSummary, type Phase, readAccepted, summariseIncident } from "@patchpilot/incident";
import type { AppliedChange, IncidentChange } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import type { contract, SkipReason } from "./contract.ts";
import type { Progress } from "./decide/changes.ts";
import type { DispatchChoice } from "./decide/choice.ts";
import type { Settled } from "./decide/settle.ts";
import type { DispatchFacts } from "./facts.ts";
import { skipLine } from "./words.ts";

export type DispatchResult = Outcome<typeof contract>;
type Skip = { readonly issue: number; readonly reason: SkipReason; readonly detail: string };

const skipMissing = (issue: number): Skip => ({
  issue,
  reason: "not-accepted",
  detail: "it does not exist here, or the token cannot read it",
});

const NOTHING_TO_DO = "No incident waits for a repair attempt, and no attempt has ended.";

const toSkip = (facts: DispatchFacts, { reason, detail }: Omit<Skip, "issue">): Skip => ({
  issue: facts.incident.number,
  reason,
  detail,
});

const inform = (text: string): Line => ({ level: "info", text });

/**
 * Outputs, log and summary of a run that acted.
 * @param changes what the issues should show now
 * @param unwritten why none of them shows it
 */
export function report(
  { settled, choices, opened, missing, left, said }: Progress,
  changes: readonly IncidentChange[],
  applied: readonly AppliedChange[],
  unwritten?: string,
): DispatchResult {
  const dispatched = opened.flatMap((each) =>
    each.kind === "dispatched"
      ? [{ issue: each.facts.incident.number, attempt: each.attempt, key: each.key, runId: each.runId }]
      : [],
  );
  const outcomes = findNewOutcomes(settled);
  const skipped = [
    ...[...choices].flatMap(([{ facts }, choice]) => (choice.kind === "skip" ? [toSkip(facts, choice)] : [])),
    ...opened.flatMap((each) => (each.kind === "skipped" ? [toSkip(each.facts, each)] : [])),
    ...missing.map(skipMissing),
  ];
  const lines: Line[] = [
    ...dispatched.map(({ issue, attempt, key }) =>
      inform(`#${issue}: repair attempt ${attempt} was dispatched (${key}).`),
    ),
    ...outcomes.map((each) =>
      inform(`#${each.issue}: attempt ${each.attempt} ended as ${each.ending ?? each.outcome}.`),
    ),
    ...skipped.map((each) => skipLine(each.issue, each.reason, each.detail)),
    ...[...said, ...left].map((text) => inform(text)),
    ...(dispatched.length + outcomes.length + skipped.length === 0 ? [inform(NOTHING_TO_DO)] : []),
    ...applied.flatMap(({ problems, unlabelled }) =>
      [...problems, ...unlabelled].map((text): Line => ({ level: "warning", text })),
    ),
  ];
  return {
    outputs: {
      issues: dispatched.map(({ issue }) => issue),
      incidents: summariseAll(settled, phasesAfter(changes, applied)),
      count: dispatched.length,
      dispatched,
      settled: outcomes,
      skipped,
    },
    lines,
    summary: describeRun(dispatched, outcomes, skipped, left),
    ...(unwritten === undefined ? judgeFailure(dispatched, skipped) : { failure: unwritten }),
  };
}

/** Outcomes that no record shows yet. */
const findNewOutcomes = (settled: readonly Settled[]) =>
  settled.flatMap(({ facts: { incident, claims }, settlement }) => {
    const attempt = claims.at(-1)?.attempt;
    if (settlement.kind !== "settled" || attempt === undefined) return [];
    const isKnown = incident.records.attempts.get(attempt)?.data.outcome !== undefined;
    const { outcome, gate } = settlement;
    return isKnown
      ? []
      : [{ issue: incident.number, attempt, outcome, ...omitUndefined({ ending: gate.ending }) }];
  });

/** Red only if every dispatch that was tried was refused: then nothing could be done. */
function judgeFailure(dispatched: readonly unknown[], skipped: readonly Skip[]): { failure?: string } {
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

function summariseAll(settled: readonly Settled[], after: ReadonlyMap<number, Phase>): IncidentSummary[] {
  return settled.flatMap(({ facts: { incident } }) => {
    const record = readAccepted(incident.records, incident.episode);
    const phase = after.get(incident.number) ?? incident.phase;
    return record === undefined || phase === undefined ? [] : [summariseIncident(incident, record, phase)];
  });
}

function describeRun(
  dispatched: DispatchResult["outputs"]["dispatched"],
  outcomes: DispatchResult["outputs"]["settled"],
  skipped: readonly Skip[],
  left: readonly string[],
): string {
  const rows = [
    ...dispatched.map((each) => [`#${each.issue}`, `Attempt ${each.attempt} was dispatched`, ""]),
    ...outcomes.map((each) => [
      `#${each.issue}`,
      `Attempt ${each.attempt} ended`,
      `As ${each.ending ?? each.outcome}.`,
    ]),
    ...skipped.map(skipRow),
  ];
  const first =
    rows.length === 0
      ? NOTHING_TO_DO
      : `${countThings(dispatched.length, "repair attempt")} ${dispatched.length === 1 ? "was" : "were"} dispatched.`;
  return writeSummary("Dispatch", first, { head: HEAD, rows }, left);
}

const HEAD = ["Issue", "What", "Why"];
const skipRow = ({ issue, reason, detail }: Skip): string[] => [
  `#${issue}`,
  `Not dispatched (${reason})`,
  inertSentence(asSentence(detail)),
];

/**
 * Outputs and log of a run that only reads.
 * @param said why it does, then what else there is to say
 */
export function reportPlan(
  settled: readonly Settled[],
  choices: ReadonlyMap<Settled, DispatchChoice>,
  [why = "", ...said]: readonly string[],
): DispatchResult {
  const planned = [...choices].flatMap(([{ facts }, choice]) =>
    choice.kind === "skip"
      ? []
      : [inform(`#${facts.incident.number}: attempt ${choice.attempt} would be dispatched.`)],
  );
  const closings = settled.flatMap(({ facts, settlement }) =>
    settlement.kind === "close"
      ? [
          inform(
            `#${facts.incident.number}: its attempt would be settled as ${settlement.ending ?? settlement.outcome}.`,
          ),
        ]
      : [],
  );
  const stopped = [...choices].map(([{ facts }, choice]) =>
    toSkip(facts, choice.kind === "skip" ? choice : { reason: "stopped", detail: why }),
  );
  const lines: Line[] = [
    { level: "notice", text: why },
    ...said.map((text) => inform(text)),
    ...closings,
    ...planned,
    ...stopped.map((each) => skipLine(each.issue, each.reason, each.detail)),
  ];
  return {
    outputs: { ...empty, incidents: summariseAll(settled, new Map()), skipped: stopped },
    lines,
    summary: writeSummary("Dispatch", why, { head: HEAD, rows: stopped.map(skipRow) }, [
      ...closings.map(({ text }) => text),
      ...planned.map(({ text }) => text),
      ...said.map(inertSentence),
    ]),
  };
}

const empty: DispatchResult["outputs"] = {
  issues: [],
  incidents: [],
  count: 0,
  dispatched: [],
  settled: [],
  skipped: [],
};

export const reportNothingAsked = (): DispatchResult => ({
  outputs: empty,
  lines: [inform(NO_ISSUES)],
  summary: writeSummary("Dispatch", NO_ISSUES),
});

export const refuseRun = (failure: string): DispatchResult => ({
  outputs: empty,
  lines: [],
  summary: "",
  failure,
});
