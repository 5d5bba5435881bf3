import { describe, expect, it } from "vitest";
import { parseKind } from "./record-table.ts";
import { attemptRecord, incidentRecord, minutesAfter, recoveryRecord } from "./testing/incidents.ts";

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
    "__proto__",
    "toString",
    "",
  ])("is not %j", (kind) => {
    expect(parseKind(kind)).toBeUndefined();
  });
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
