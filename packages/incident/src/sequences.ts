import * as z from "zod";
import {
  findRecord,
  type LabelledRecords,
  RECORD_TABLE,
  type RecordKind,
  type Records,
  removeRecord,
  type Stored,
} from "./record-table.ts";

/** How often each record had been written, by its kind: `{ "incident": 4, "attempt/1": 2 }`. */
export type Sequences = Readonly<Record<string, number>>;

/** As a claim or a closed gate repeats it. Absent in those from before it was kept. */
export const sequencesSchema = z.record(z.string(), z.int().positive()).optional().catch(undefined);

/** The sequences of records as they were read. */
export function listSequences(records: LabelledRecords): Sequences {
  const held: Readonly<Record<string, unknown>> = records;
  return Object.fromEntries(
    Object.entries(RECORD_TABLE).flatMap(([name, { label, numbered }]): [string, number][] => {
      if (numbered === null) {
        const stored = held[label] as Stored<unknown> | undefined;
        return stored === undefined ? [] : [[name, stored.seq]];
      }
      const stored = held[label] as ReadonlyMap<number, Stored<unknown>>;
      return [...stored].map(([number, { seq }]) => [`${name}/${number}`, seq]);
    }),
  );
}

/** The highest sequence of each record. */
export function joinSequences(all: readonly (Sequences | undefined)[]): Sequences {
  const highest = new Map<string, number>();
  for (const each of all)
    for (const [kind, seq] of Object.entries(each ?? {}))
      highest.set(kind, Math.max(seq, highest.get(kind) ?? 0));
  return Object.fromEntries(highest);
}

/** A record that has been written more often than it shows. */
export type OlderRecord = { readonly kind: string; readonly seq: number; readonly known: number };

/** The records that are older than is known. One that is gone is none: it is written again. */
export const listOlder = (records: LabelledRecords, known: Sequences): OlderRecord[] =>
  Object.entries(known).flatMap(([kind, highest]) => {
    const seq = findRecord(records, kind as RecordKind)?.seq;
    return seq !== undefined && seq < highest ? [{ kind, seq, known: highest }] : [];
  });

/**
 * Takes records that show an older state for gone: the newer comment was deleted, and a second one of their kind is
 * left, or somebody put the state back. What is left of them is a duplicate.
 */
export const dropRecords = (records: Records, older: readonly OlderRecord[]): Records =>
  older.reduce((kept, { kind }) => {
    const stored = findRecord(kept, kind as RecordKind);
    const duplicates =
      stored === undefined || stored.isHidden ? kept.duplicates : [...kept.duplicates, stored.commentId];
    return { ...removeRecord(kept, kind as RecordKind), duplicates };
  }, records);
