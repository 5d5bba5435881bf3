import { RECORD_TABLE } from "@patchpilot/incident";
import { attemptRecord, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { readRecords } from "./read-records.ts";
import { commentOf, ISSUE, PERSON, recordComment, SIGNER } from "./testing/comments.ts";

const BELIEF = { signer: SIGNER, trusted: [] };
const read = (...comments: Parameters<typeof readRecords>[1]) => readRecords(ISSUE, comments, BELIEF);
const attempt = (id: string, seq: number, createdAt: string, changes = {}) =>
  recordComment("attempt/1", attemptRecord({ reason: `by ${id}` }), {
    seq,
    comment: { id, createdAt, ...changes },
  });

describe("the records of an issue", () => {
  it("are read by kind, whatever people write between them", () => {
    const records = read(
      recordComment("incident", incidentRecord(), { comment: { id: "IC_1" } }),
      commentOf("Is anybody on it?", { id: "IC_2", author: PERSON, viewerDidAuthor: false }),
      recordComment("attempt/2", attemptRecord({ attempt: 2 }), { seq: 4, comment: { id: "IC_3" } }),
    );
    expect(records.incident).toMatchObject({ commentId: "IC_1", seq: 1, data: { key: "sentry:acme/1" } });
    expect(records.attempts.get(2)).toMatchObject({ commentId: "IC_3", seq: 4 });
    expect(records).toMatchObject({ rejected: [], duplicates: [] });
  });

  it("keep fields that a newer version wrote", () => {
    const newer = { ...incidentRecord(), colour: "red" };
    expect(read(recordComment("incident", newer)).incident?.data).toEqual(newer);
  });

  it("pass over a kind that only a newer version knows", () => {
    expect(read(recordComment("rumour", { a: 1 }))).toMatchObject({ rejected: [], duplicates: [] });
  });
});

it.each(Object.entries(RECORD_TABLE))("a record of kind %s is read by its schema", (name, { numbered }) => {
  const kind = numbered === null ? name : `${name}/7`;
  expect(read(recordComment(kind, {})).rejected).toEqual([
    { commentId: "IC_1", reason: "its data is corrupt" },
  ]);
});

describe("two comments of one kind", () => {
  const older = attempt("IC_1", 2, "2026-11-21T09:00:00Z");
  const newer = attempt("IC_2", 3, "2026-11-21T09:01:00Z");
  const twin = attempt("IC_3", 2, "2026-11-21T09:02:00Z");

  it("leave the one that was rewritten last; the other is a duplicate", () => {
    const records = read(newer, older);
    expect(records.attempts.get(1)?.commentId).toBe("IC_2");
    expect(records.duplicates).toEqual(["IC_1"]);
  });

  it("leave the elder of twins, in whatever order they are read", () => {
    for (const comments of [
      [older, twin],
      [twin, older],
    ])
      expect(read(...comments)).toMatchObject({
        attempts: new Map([[1, expect.objectContaining({ commentId: "IC_1" })]]),
        duplicates: ["IC_3"],
      });
  });

  it("are tidied up once", () => {
    expect(read(newer, { ...older, isMinimized: true }).duplicates).toEqual([]);
  });
});

describe("a comment that looks like a record", () => {
  const record = () => recordComment("incident", incidentRecord());

  it.each([
    ["that a person wrote", { viewerDidAuthor: false, author: PERSON }, /another account/],
    ["that a person edited", { editor: PERSON }, /another account/],
    ["with text after its line", { body: `${record().body}\nmore` }, /not the last line/],
    [
      "with another key's signature",
      { body: recordComment("incident", incidentRecord(), { signer: { ...SIGNER, keys: ["x"] } }).body },
      /`state-key`/,
    ],
    [
      "without a signature",
      { body: recordComment("incident", incidentRecord(), { signer: { ...SIGNER, keys: [] } }).body },
      /`state-key`/,
    ],
    ["with other data", { body: recordComment("incident", { a: 1 }).body }, /corrupt/],
  ])("%s is rejected with its reason", (_what, change, reason) => {
    const records = read({ ...record(), ...change });
    expect(records.incident).toBeUndefined();
    expect(records.rejected).toEqual([{ commentId: "IC_1", reason: expect.stringMatching(reason) }]);
  });

  it("is rejected on any issue but its own", () => {
    expect(readRecords(ISSUE + 1, [record()], BELIEF)).toMatchObject({ rejected: [{ commentId: "IC_1" }] });
  });

  it("is not mentioned once somebody hid it", () => {
    expect(read({ ...record(), editor: PERSON, isMinimized: true }).rejected).toEqual([]);
  });
});

describe("a record of a newer major version", () => {
  const newer = (signer = SIGNER) => {
    const comment = recordComment("incident", incidentRecord(), { signer, comment: { id: "IC_9" } });
    return { ...comment, body: comment.body.replace("patchpilot:v1", "patchpilot:v2") };
  };

  it("makes the issue read-only where nothing can be checked", () => {
    const unsigned = { ...SIGNER, keys: [] };
    const records = readRecords(ISSUE, [newer(unsigned)], { signer: unsigned, trusted: [] });
    expect(records).toMatchObject({ newerVersion: 2, rejected: [] });
  });

  it("does not where its signature is not its own", () => {
    const records = read(recordComment("incident", incidentRecord()), newer());
    expect(records.newerVersion).toBeUndefined();
    expect(records.incident).toBeDefined();
  });
});
