import { describe, expect, it } from "vitest";
import { parseKind } from "./record-table.ts";
import { suspectAuthor } from "./records.ts";
import { attemptRecord, incidentRecord, minutesAfter, recoveryRecord } from "./testing/incidents.ts";
import { putAt } from "./testing/put-at.ts";

const EXAMPLES = [
  ["incident", incidentRecord()],
  ["attempt/1", attemptRecord()],
  ["recovery/1", recoveryRecord()],
  ["dispatch", { phase: "needs-human", phaseAt: minutesAfter(0), reason: "x" }],
  ["impact", { summary: "x", window: { from: minutesAfter(0), to: minutesAfter(9) }, events: [] }],
] as const;

describe.each(EXAMPLES)("a record of kind %s", (kind, example) => {
  it("is read as it was written", () => {
    expect(parseKind(kind)?.line.schema.parse(example)).toEqual(example);
  });

  it("keeps fields that a newer version wrote", () => {
    const newer = { ...example, colour: "red", deep: { a: [1] } };
    expect(parseKind(kind)?.line.schema.parse(newer)).toEqual(newer);
  });

  it("takes nothing from a `__proto__` key", () => {
    const hostile = JSON.parse(`{"__proto__":{"isAdmin":true},${JSON.stringify(example).slice(1)}`) as object;
    const parsed = parseKind(kind)?.line.schema.parse(hostile) as Record<string, unknown>;
    expect(parsed["isAdmin"]).toBeUndefined();
    expect({ ...parsed }["isAdmin"]).toBeUndefined();
  });
});

describe("the nested parts of a record", () => {
  it("keep fields that a newer version wrote", () => {
    const record = incidentRecord({
      sentry: { organization: "acme", shortId: "SHOP-1", region: "de" },
    });
    expect(parseKind("incident")?.line.schema.parse(record)).toEqual(record);
  });
});

describe("a kind", () => {
  it.each([
    "attempt",
    "incident/1",
    "attempt/0",
    "attempt/01",
    "attempt/-1",
    "attempt/100000",
    "1attempt/1",
    "attempt/1x",
    "__proto__",
    "toString",
    "",
  ])("is not %j", (kind) => {
    expect(parseKind(kind)).toBeUndefined();
  });
});

const HASH = "0123456789abcdef".repeat(4);
const LESSON = { signature: "s", outcome: "recovered", confidence: 0.9, files: [] };
const counted = { event: "checkout", current: 1, baseline: 2, change: null, actors: 1 };
/** A record of each kind with every part that has parts. */
const WHOLE: Readonly<Record<string, unknown>> = {
  incident: incidentRecord({
    sentry: { organization: "acme", shortId: "SHOP-1" },
    together: [{ issueId: "2", shortId: "SHOP-2" }],
    basis: "text",
    seen: { at: minutesAfter(0), events: 3, lastSeen: minutesAfter(0) },
  }),
  "attempt/1": attemptRecord({
    declined: [{ by: "maya", text: "No." }],
    proof: { level: "tested", wall: "x" },
  }),
  "recovery/1": recoveryRecord({ lesson: LESSON }),
  impact: { summary: "x", window: { from: minutesAfter(0), to: minutesAfter(9) }, events: [counted] },
  "plan/1": { attempt: 1, key: "pp-4242-12-a1", sha256: HASH },
  report: { attempt: 1, key: "pp-4242-12-a1" },
};
const schemaOf = (kind: string) => {
  const { line } = parseKind(kind) ?? {};
  if (line === undefined) throw new Error(`no kind ${kind}`);
  return line.schema;
};
const takes = (kind: string, path: string, value: unknown): boolean =>
  schemaOf(kind).safeParse(putAt(WHOLE[kind], path, value)).success;

describe("a whole record", () => {
  it.each(Object.entries(WHOLE))("of kind %s is read as it was written", (kind, record) => {
    expect(schemaOf(kind).parse(record)).toEqual(record);
  });

  it.each<[string, string, unknown]>([
    ["incident", "sentry.shortId", undefined],
    ["incident", "sentry.organization", 1],
    ["incident", "together.0.issueId", 2],
    ["incident", "basis", ""],
    ["incident", "seen.at", undefined],
    ["incident", "seen.events", "3"],
    ["attempt/1", "declined.0.by", undefined],
    ["attempt/1", "proof.level", "cannot-be-shown"],
    ["attempt/1", "proof.wall", undefined],
    ["recovery/1", "lesson.signature", undefined],
    ["impact", "summary", undefined],
    ["impact", "window.from", undefined],
    ["impact", "window.to", 9],
    ["impact", "events.0.event", undefined],
    ["impact", "events.0.change", "none"],
    ["plan/1", "sha256", HASH.slice(1)],
    ["plan/1", "sha256", `${HASH}0`],
    ["plan/1", "sha256", ` ${HASH}`],
    ["plan/1", "sha256", HASH.toUpperCase()],
    ["report", "attempt", "1"],
    ["report", "key", undefined],
  ])("of kind %s is refused with %s: %j", (kind, path, value) => {
    expect(takes(kind, path, value)).toBe(false);
  });

  it("takes every word that its lists name", () => {
    expect(takes("incident", "basis", "service")).toBe(true);
    for (const level of ["proven", "reproduced"]) expect(takes("attempt/1", "proof.level", level)).toBe(true);
  });

  const lists = {
    suspectFiles: "incident",
    similar: "incident",
    events: "impact",
    "lesson.files": "recovery/1",
  };

  it.each(Object.entries(lists))("has no %s where an older version wrote none, in kind %s", (path, kind) => {
    const older = putAt(WHOLE[kind], path, undefined);
    expect(schemaOf(kind).parse(older)).toEqual(putAt(WHOLE[kind], path, []));
  });
});

describe("the author of a suspect commit", () => {
  it.each(["m", "maya", "4maya", "Maya-B_x", "m".repeat(39)])("is named as %j", (login) => {
    expect(suspectAuthor.parse(login)).toBe(login);
  });

  it.each(["", "-maya", "_maya", "@maya", "maya b", "maya\n", "m".repeat(40), 7])(
    "is nobody as %j",
    (login) => {
      expect(suspectAuthor.parse(login)).toBeUndefined();
    },
  );
});

describe("a corrupt record", () => {
  it.each([
    ["incident", { ...incidentRecord(), severity: "huge" }],
    ["incident", { ...incidentRecord(), phase: "hold" }],
    ["attempt/1", { ...attemptRecord(), attempt: "1" }],
    ["attempt/1", { ...attemptRecord(), outcome: "won" }],
    ["dispatch", { phase: "needs-human", phaseAt: minutesAfter(0) }],
  ])("of kind %s is refused", (kind, data) => {
    expect(parseKind(kind)?.line.schema.safeParse(data).success).toBe(false);
  });
});
