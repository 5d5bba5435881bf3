import type { Mutation } from "@patchpilot/github";
import { findRecord, type RecordKind, type Sequences, type Stored } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { findHiddenLine, needsNewSignature, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { Ledger } from "./read-incidents.ts";
import { showStatus } from "./show-status.ts";

/** One write, and what people call it. */
export type Step = { readonly what: string; readonly mutation: Mutation };

/** A record to write, or the sentence why it cannot be written. */
export type PlannedRecord = {
  readonly kind: RecordKind;
  readonly step?: Step;
  readonly replaces?: Stored<unknown>;
  readonly fault?: string;
  /** It only shows what other records say. */
  readonly isProjection?: boolean;
};

/**
 * The records of a change, and the status of the incident that follows from them.
 * @param known how often records were written at least: one that is gone continues from there
 */
export function planRecords(change: IncidentChange, ledger: Ledger, known: Sequences = {}): PlannedRecord[] {
  const shown = showStatus(change);
  const writes = change.records.map((write) =>
    write.kind === "incident" && shown !== undefined ? shown.write : write,
  );
  const status = shown?.isAlone ? planProjection(change, shown.write, ledger, known) : [];
  return [...writes.flatMap((write) => planRecord(change, write, ledger, known)), ...status];
}

export const planProjection = (
  change: IncidentChange,
  write: RecordWrite,
  ledger: Ledger,
  known: Sequences,
): PlannedRecord[] =>
  planRecord(change, write, ledger, known).map((record) => ({ ...record, isProjection: true }));

function planRecord(
  { incident }: IncidentChange,
  write: RecordWrite,
  ledger: Ledger,
  known: Sequences,
): PlannedRecord[] {
  const { number, nodeId, records } = incident;
  const { kind } = write;
  const stored = findRecord(records, kind);
  try {
    if (stored !== undefined && isSame(stored, write, ledger, number)) return [];
    const body = recordBody(ledger, number, write, Math.max(stored?.seq ?? 0, known[kind] ?? 0) + 1);
    const mutation: Mutation =
      stored === undefined
        ? { field: "addComment", input: { subjectId: nodeId, body }, select: "commentEdge { node { id } }" }
        : {
            field: "updateIssueComment",
            input: { id: stored.commentId, body },
            select: "issueComment { id }",
          };
    const step = { what: `record ${kind}`, mutation };
    return [{ kind, step, ...omitUndefined({ replaces: stored }) }];
  } catch (error) {
    // One record that is too large must not keep the others from being written.
    if (!(error instanceof RangeError)) throw error;
    return [{ kind, fault: error.message }];
  }
}

function isSame(stored: Stored<unknown>, write: RecordWrite, ledger: Ledger, issue: number): boolean {
  const line = findHiddenLine(stored.body);
  if (line === undefined || "reason" in line) return false;
  if (needsNewSignature(ledger.belief.signer, issue, line)) return false;
  return withoutMac(stored.body) === withoutMac(recordBody(ledger, issue, write, stored.seq));
}

/** Whoever holds no key cannot tell a good signature from none, and must not replace it. */
const withoutMac = (body: string): string => body.trimEnd().replace(/ mac=\S+(?= data=\S+ -->$)/, "");
