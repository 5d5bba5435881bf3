import { cutAtCodePoint } from "@patchpilot/evidence";
import { addRecords, attemptKey, type Declined, foldIncident, type Incident } from "@patchpilot/incident";
import { type IncidentChange, knownSequences, type RecordWrite } from "@patchpilot/ledger";
import { omitUndefined } from "@patchpilot/optional";
import { attemptText } from "@patchpilot/status";
import { dispatchText } from "../words.ts";
import { endSection, keptSection, reportText } from "../words-end.ts";
import type { DispatchChoice, OpenedAttempt } from "./choice.ts";
import { makeAttemptRecord, makeDispatchRecord, type RecordContext } from "./records.ts";
import { type Settled, settleAttempt } from "./settle.ts";
import { goBackTo } from "./unrecorded.ts";

/** What one run came to, before it is written on the issues. */
export type Progress = {
  readonly settled: readonly Settled[];
  readonly choices: ReadonlyMap<Settled, DispatchChoice>;
  readonly opened: readonly OpenedAttempt[];
  /** By issue: what reviewers said who closed the pull request of an attempt that has just ended. */
  readonly declines: ReadonlyMap<number, readonly Declined[]>;
  /** Numbers that were asked for and are no issue that the token may read. */
  readonly missing: readonly number[];
  /** Sentences on what the caps leave. */
  readonly left: readonly string[];
  /** Sentences on what was done about red checks, or was not. */
  readonly said: readonly string[];
};

/** The records and labels that every incident of this run should now have. Pure. */
export function planChanges(
  { settled, choices, opened, declines }: Progress,
  context: RecordContext,
): IncidentChange[] {
  const { settings } = context;
  return settled.flatMap((entry): IncidentChange[] => {
    const { incident } = entry.facts;
    if (incident.phase === undefined || entry.settlement.kind === "older-record") return [];
    const dispatched = opened.find((each) => each.kind === "dispatched" && each.facts.incident === incident);
    const facts = dispatched?.facts ?? entry.facts;
    const settlement = dispatched ? settleAttempt(facts, settings) : entry.settlement;
    const choice = choices.get(entry);
    const written: RecordWrite[] = [
      ...writeUnrecorded(entry.facts, context),
      ...writePrevious(entry, dispatched, context),
      ...writeAttempt({ facts, settlement }, context, declines.get(incident.number)),
      ...writeReport(entry),
    ];
    const phase = phaseAfter(incident, written);
    const isOpened = dispatched !== undefined;
    const said = choice && makeDispatchRecord(facts, { choice, phase, isOpened }, settings);
    const records = said
      ? [...written, { kind: "dispatch" as const, text: dispatchText(said), data: said }]
      : written;
    const known = knownSequences(entry.facts.claims, entry.facts.gate);
    return [{ incident, records, phase: phaseAfter(incident, records), known }];
  });
}

/** Attempts that ended when the issue could not be written. */
const writeUnrecorded = (facts: Settled["facts"], context: RecordContext): RecordWrite[] =>
  (facts.unrecorded ?? []).flatMap(({ attempt, gate }) =>
    writeAttempt(goBackTo(facts, attempt, gate), context, [], true),
  );

/** An attempt that ended in the same run in which the next one began keeps its own record. */
function writePrevious(
  entry: Settled,
  dispatched: OpenedAttempt | undefined,
  context: RecordContext,
): RecordWrite[] {
  const last = entry.facts.claims.at(-1)?.attempt;
  return dispatched?.kind === "dispatched" && last !== dispatched.attempt
    ? writeAttempt(entry, context, [], true)
    : [];
}

function writeAttempt(
  { facts, settlement }: Settled,
  context: RecordContext,
  declined: readonly Declined[] = [],
  isFollowed = false,
): RecordWrite[] {
  const made = makeAttemptRecord(facts, settlement, context);
  if (made === undefined) return [];
  const data = {
    ...made,
    ...omitUndefined({
      declined: declined.length > 0 ? [...declined] : undefined,
      question: made.ending === "asked" ? (readQuestion(facts) ?? made.question) : undefined,
    }),
  };
  // What a run left is read once, when it ends; after that its comment is where it is.
  const section =
    settlement.kind === "settled" && facts.endWords
      ? endSection(facts.endWords)
      : keptSection(facts.incident.records.attempts.get(data.attempt));
  const isOpen = data.ending === "asked" && !isFollowed;
  return [{ kind: `attempt/${data.attempt}`, text: attemptText(data, { section, isOpen }), data }];
}

/** As much of it as the status shows. */
function readQuestion({ endWords }: Settled["facts"]): string | undefined {
  if (endWords === undefined || "unknown" in endWords || !endWords.question) return undefined;
  return cutAtCodePoint(endWords.question, 300);
}

/** A report that has just been delivered takes the place of an earlier one. */
function writeReport({ facts, settlement }: Settled): RecordWrite[] {
  const { endWords, claims, incident, repositoryId } = facts;
  const attempt = claims.at(-1)?.attempt;
  if (settlement.kind !== "settled" || settlement.gate.ending !== "reported" || attempt === undefined)
    return [];
  if (endWords === undefined || "unknown" in endWords) return [];
  const data = omitUndefined({
    attempt,
    key: attemptKey(repositoryId, incident.number, attempt),
    runId: settlement.gate.run,
  });
  return [{ kind: "report", text: reportText(attempt, endWords), data }];
}

/** The phase that the issue has once these records are written. */
function phaseAfter(incident: Incident, writes: readonly RecordWrite[]): Incident["phase"] {
  const written = writes.map(({ kind, data }) => [kind, { data, seq: 0, commentId: "", body: "" }] as const);
  return foldIncident(incident, addRecords(incident.records, written)).phase;
}
