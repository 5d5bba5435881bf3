import { describe, expect, expectTypeOf, it } from "vitest";
import {
  addRecords,
  findRecord,
  NO_RECORDS,
  RECORD_TABLE,
  type RecordKind,
  type Records,
  type Stored,
} from "./record-table.ts";
import type { AttemptRecord, ImpactRecord } from "./records.ts";
import { recordsOf } from "./testing/incidents.ts";

const stored = (name: string): Stored<string> => ({ data: name, seq: 1, commentId: name, body: "" });
const lines = Object.entries(RECORD_TABLE).map(([name, line]) => ({ name, ...line }));
const kindsOf = ({ name, numbered }: (typeof lines)[number]): [RecordKind, RecordKind] =>
  (numbered === null ? [name, name] : [`${name}/1`, `${name}/12`]) as [RecordKind, RecordKind];
const everyKind = lines.flatMap(kindsOf);

describe.each(lines)("the line of $name", (line) => {
  const [one, other] = kindsOf(line);

  it("says where a record is put and found, whatever else is there", () => {
    const others = everyKind.filter((kind) => !kindsOf(line).includes(kind));
    const records = addRecords(
      NO_RECORDS,
      [...others, one, other].map((kind) => [kind, stored(kind)] as const),
    );
    expect(findRecord(records, other)).toEqual(stored(other));
    expect(findRecord(records, one)).toEqual(stored(line.numbered === null ? other : one));
    expect(records[line.label]).toEqual(
      line.numbered === null
        ? stored(other)
        : new Map([
            [1, stored(one)],
            [12, stored(other)],
          ]),
    );
  });

  it("leaves an issue without such a record empty", () => {
    expect(findRecord(NO_RECORDS, one)).toBeUndefined();
  });

  it("numbers a record by a field of its data", () => {
    expect([null, ...Object.keys(line.schema.shape)]).toContain(line.numbered);
  });

  it("shares its label with no other", () => {
    expect(lines.filter(({ label }) => label === line.label)).toHaveLength(1);
  });
});

describe("records that are added", () => {
  it("leave those that they are added to as they were", () => {
    const before = recordsOf();
    addRecords(before, [["attempt/1", stored("attempt")]]);
    expect(before).toEqual(recordsOf());
  });

  it("of a kind that this version does not know are left out", () => {
    expect(addRecords(NO_RECORDS, [["rumour", stored("rumour")]])).toEqual(NO_RECORDS);
  });

  it("have the types of their schemas", () => {
    expectTypeOf<Records["impact"]>().toEqualTypeOf<Stored<ImpactRecord> | undefined>();
    expectTypeOf<Records["attempts"]>().toEqualTypeOf<ReadonlyMap<number, Stored<AttemptRecord>>>();
  });
});
