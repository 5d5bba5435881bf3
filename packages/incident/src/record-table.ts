import type * as z from "zod";
import {
  attemptRecord,
  dispatchRecord,
  impactRecord,
  incidentRecord,
  planRecord,
  recoveryRecord,
  reportRecord,
  turnRecord,
} from "./records.ts";

type Line = {
  readonly schema: z.ZodType;
  /** Where `Records` holds it. */
  readonly label: string;
  /** The field of its data that numbers it: an issue holds one of each number. Null: it holds one. */
  readonly numbered: string | null;
};

/** Every kind of record. Whatever reads, writes, sorts or folds records follows from this table. */
export const RECORD_TABLE = {
  incident: { schema: incidentRecord, label: "incident", numbered: null },
  impact: { schema: impactRecord, label: "impact", numbered: null },
  dispatch: { schema: dispatchRecord, label: "dispatch", numbered: null },
  report: { schema: reportRecord, label: "report", numbered: null },
  attempt: { schema: attemptRecord, label: "attempts", numbered: "attempt" },
  plan: { schema: planRecord, label: "plans", numbered: "attempt" },
  turn: { schema: turnRecord, label: "turns", numbered: "turn" },
  recovery: { schema: recoveryRecord, label: "recoveries", numbered: "episode" },
} as const satisfies Readonly<Record<string, Line>>;

type Table = typeof RECORD_TABLE;
type Single = { [K in keyof Table]: Table[K]["numbered"] extends null ? K : never }[keyof Table];
type Numbered = Exclude<keyof Table, Single>;
type Data<K extends keyof Table> = z.output<Table[K]["schema"]>;

/** The kinds of records as a comment's hidden line names them. */
export type RecordKind = Single | `${Numbered}/${number}`;

/** One record with the comment that carries it. */
export type Stored<T> = {
  readonly data: T;
  readonly seq: number;
  readonly commentId: string;
  /** As the comment's address has it; absent where GitHub does not tell, and in records that were never stored. */
  readonly commentNumber?: number;
  /** The whole comment, to see whether a rewrite would change anything. */
  readonly body: string;
  /** When the comment was last edited, or written; absent in records that were never stored. */
  readonly writtenAt?: string;
  /** Whether GitHub shows the comment folded away. */
  readonly isHidden?: true;
};

/** Records by the labels of the table: one, or a map by number. */
export type LabelledRecords = {
  readonly [K in Single as Table[K]["label"]]?: Stored<Data<K>>;
} & {
  readonly [K in Numbered as Table[K]["label"]]: ReadonlyMap<number, Stored<Data<K>>>;
};

/** The records of one issue that are ours and whole. */
export type Records = LabelledRecords & {
  /** Comments that look like records but are not to be trusted, each with its reason. */
  readonly rejected: readonly { readonly commentId: string; readonly reason: string }[];
  /** Second comments of one kind: to be minimised, not deleted. */
  readonly duplicates: readonly string[];
  /** A newer major version was seen: this action must not write here. */
  readonly newerVersion?: number;
};

/** The line of a kind, and its number if it has one; undefined for a kind that this version does not know. */
export function parseKind(kind: string): { readonly line: Line; readonly number?: number } | undefined {
  const [, name = "", number] = /^([a-z]+)(?:\/([1-9]\d{0,4}))?$/.exec(kind) ?? [];
  const line: Line | undefined = Object.hasOwn(RECORD_TABLE, name)
    ? RECORD_TABLE[name as keyof Table]
    : undefined;
  if (line === undefined || (line.numbered === null) !== (number === undefined)) return undefined;
  return number === undefined ? { line } : { line, number: Number(number) };
}

/** Records as `addRecords` begins with them. */
export const NO_RECORDS = Object.fromEntries<unknown>(
  Object.values(RECORD_TABLE).flatMap(({ label, numbered }) => (numbered ? [[label, new Map()]] : [])),
) as LabelledRecords;

/** Puts each record where its kind belongs, in place of one of the same kind. */
export function addRecords<R extends LabelledRecords>(
  records: R,
  added: Iterable<readonly [kind: string, stored: Stored<unknown>]>,
): R {
  const all: Record<string, unknown> = { ...records };
  for (const [kind, stored] of added) {
    const { line, number } = parseKind(kind) ?? {};
    if (line === undefined) continue;
    const held = all[line.label] as ReadonlyMap<number, unknown>;
    all[line.label] = number === undefined ? stored : new Map([...held, [number, stored]]);
  }
  return all as R;
}

/** Takes the record of a kind out. */
export function removeRecord<R extends LabelledRecords>(records: R, kind: RecordKind): R {
  const { line, number } = parseKind(kind) ?? {};
  if (line === undefined) return records;
  const held = (records as Readonly<Record<string, unknown>>)[line.label];
  const left =
    number === undefined
      ? undefined
      : new Map([...(held as ReadonlyMap<number, unknown>)].filter(([own]) => own !== number));
  return { ...records, [line.label]: left };
}

/** Finds a record by its kind. */
export function findRecord(records: LabelledRecords, kind: RecordKind): Stored<unknown> | undefined {
  const { line, number } = parseKind(kind) ?? {};
  const held = line && (records as Readonly<Record<string, unknown>>)[line.label];
  const found = number === undefined ? held : (held as ReadonlyMap<number, unknown>).get(number);
  return found as Stored<unknown> | undefined;
}
