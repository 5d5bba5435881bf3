import { addRecords, foldIncident, type Incident } from "@patchpilot/incident";
import type { IncidentChange, RecordWrite } from "@patchpilot/ledger";
import type { Inputs } from "../contract.ts";
import type { Settings } from "../facts.ts";
import type { Ports } from "../ports.ts";
import type { Reading } from "../read/facts.ts";
import { attemptText, dispatchText } from "../words.ts";
import type { Settled } from "../write/close-gates.ts";
import type { Opened } from "../write/sending.ts";
import type { Choice } from "./choice.ts";
import { attemptRecord, type Context, dispatchRecord } from "./records.ts";
import { settle } from "./settle.ts";

/** What one run came to, before it is written on the issues. */
export type Progress = {
  readonly settled: readonly Settled[];
  readonly choices: ReadonlyMap<Settled, Choice>;
  readonly opened: readonly Opened[];
  /** Numbers that were asked for and are no issue that the token may read. */
  readonly missing: readonly number[];
};

/** The records and labels that every incident of this run should now have. Pure. */
export function changesOf(
  { settled, choices, opened }: Progress,
  reading: Reading,
  inputs: Inputs,
  settings: Settings,
  ports: Ports,
): IncidentChange[] {
  const runUrl = (id: string) => `${runHome(reading, ports)}/actions/runs/${id}`;
  const { databaseId: repositoryId } = reading.ledger.repository;
  const context: Context = { settings, agent: inputs.agent, repositoryId, start: inputs };
  return settled.flatMap((entry): IncidentChange[] => {
    const { incident } = entry.facts;
    if (incident.phase === undefined) return [];
    const dispatched = opened.find((each) => each.kind === "dispatched" && each.facts.incident === incident);
    const facts = dispatched?.facts ?? entry.facts;
    const settlement = dispatched ? settle(facts, settings) : entry.settlement;
    const attempt = attemptRecord(facts, settlement, context);
    const choice = choices.get(entry);
    const barred = choice ? dispatchRecord(facts, choice, settings) : undefined;
    const records: RecordWrite[] = [
      ...previousAttempt(entry, dispatched, context, runUrl),
      ...(attempt
        ? [{ kind: `attempt/${attempt.attempt}` as const, text: attemptText(attempt, runUrl), data: attempt }]
        : []),
      ...(barred ? [{ kind: "dispatch" as const, text: dispatchText(barred), data: barred }] : []),
    ];
    return [{ incident, records, phase: phaseAfter(incident, records) }];
  });
}

/** An attempt that ended in the same run in which the next one began keeps its own record. */
function previousAttempt(
  entry: Settled,
  dispatched: Opened | undefined,
  context: Context,
  runUrl: (id: string) => string,
): RecordWrite[] {
  const last = entry.facts.claims.at(-1)?.attempt;
  if (dispatched?.kind !== "dispatched" || last === undefined || last === dispatched.attempt) return [];
  const record = attemptRecord(entry.facts, entry.settlement, context);
  return record ? [{ kind: `attempt/${last}`, text: attemptText(record, runUrl), data: record }] : [];
}

/** The phase that the issue has once these records are written. */
function phaseAfter(incident: Incident, writes: readonly RecordWrite[]): Incident["phase"] {
  const written = writes.map(({ kind, data }) => [kind, { data, seq: 0, commentId: "", body: "" }] as const);
  return foldIncident(incident, addRecords(incident.records, written)).phase;
}

const runHome = (reading: Reading, ports: Ports): string =>
  ports.sameRepository
    ? reading.ledger.repository.url
    : reading.ledger.repository.url.replace(
        /[^/]+\/[^/]+$/,
        `${ports.targetRepository.owner}/${ports.targetRepository.repo}`,
      );
