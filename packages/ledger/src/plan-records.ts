import type { Mutation } from "@patchpilot/github";
import { findRecord, type RecordKind, type Sequences, type Stored } from "@patchpilot/incident";
import { findHiddenLine, needsNewSignature, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Ledger } from "./read-incidents.ts";
import { showStatus } from "./show-status.ts";

/** One write, and what people call it. */
export type Step = { readonly what: string; readonly mutation: Mutation };

/** A record that is to be written: what is there says something else. */
export type Draft = {
  readonly kind: RecordKind;
  readonly write: RecordWrite;
  readonly replaces?: Stored<unknown>;
  /** It only shows what other records say. */
  readonly isProjection?: true;
};

/** With its number: what writes it, or the sentence why it cannot be written. */
export type PlannedRecord = Draft & { readonly step?: Step; readonly fault?: string };

/** The records of a change, and the status of the incident that follows from them. */
export function draftRecords(change: IncidentChange, ledger: Ledger): Draft[] {
  const shown = showStatus(change);
  const writes = change.records.map((write) =>
    write.kind === "incident" && shown !== undefined ? shown.write : write,
  );
  const status = shown?.isAlone ? draftProjection(change, shown.write, ledger) : [];
  return [...writes.flatMap((write) => draftRecord(change, write, ledger)), ...status];
}

export const draftProjection = (change: IncidentChange, write: RecordWrite, ledger: Ledger): Draft[] =>
  draftRecord(change, write, ledger).map((draft) => ({ ...draft, isProjection: true }));

function draftRecord({ incident }: IncidentChange, write: RecordWrite, ledger: Ledger): Draft[] {
  const { kind } = write;
  const stored = findRecord(incident.records, kind);
  if (stored === undefined) return [{ kind, write }];
  return isSame(stored, write, ledger, incident.number) ? [] : [{ kind, write, replaces: stored }];
}

/** @param known how often records were written at least: one that is gone continues from there */
export function numberRecord(
  { incident: { number, nodeId } }: IncidentChange,
  draft: Draft,
  ledger: Ledger,
  known: Sequences,
): PlannedRecord {
  const { kind, write, replaces } = draft;
  const made = tryBody(ledger, number, write, Math.max(replaces?.seq ?? 0, known[kind] ?? 0) + 1);
  if ("fault" in made) return { ...draft, ...made };
  const { body } = made;
  const mutation: Mutation =
    replaces === undefined
      ? { field: "addComment", input: { subjectId: nodeId, body }, select: "commentEdge { node { id } }" }
      : {
          field: "updateIssueComment",
          input: { id: replaces.commentId, body },
          select: "issueComment { id }",
        };
  return { ...draft, step: { what: `record ${kind}`, mutation } };
}

/** One record that is too large must not keep the others from being written. */
function tryBody(
  ...of: Parameters<typeof recordBody>
): { readonly body: string } | { readonly fault: string } {
  try {
    return { body: recordBody(...of) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fault: error.message };
  }
}

function isSame(stored: Stored<unknown>, write: RecordWrite, ledger: Ledger, issue: number): boolean {
  const line = findHiddenLine(stored.body);
  if (line === undefined || "reason" in line) return false;
  if (needsNewSignature(ledger.belief.signer, issue, line)) return false;
  const wanted = tryBody(ledger, issue, write, stored.seq);
  return "body" in wanted && withoutMac(stored.body) === withoutMac(wanted.body);
}

/** Whoever holds no key cannot tell a good signature from none, and must not replace it. */
const withoutMac = (body: string): string => body.trimEnd().replace(/ mac=\S+(?= data=\S+ -->$)/, "");
