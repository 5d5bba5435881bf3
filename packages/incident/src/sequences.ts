import * as z from "zod";
import {
  findRecord,
  type LabelledRecords,
  RECORD_TABLE,
  type RecordKind,
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

/** The first record that is older than is known. One that is gone is none: it is written again. */
export function findOlder(records: LabelledRecords, known: Sequences): OlderRecord | undefined {
  for (const [kind, highest] of Object.entries(known)) {
    const seq = findRecord(records, kind as RecordKind)?.seq;
    if (seq !== undefined && seq < highest) return { kind, seq, known: highest };
  }
  return undefined;
}
