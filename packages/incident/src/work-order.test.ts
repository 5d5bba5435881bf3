import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workOrderOf } from "./testing/incidents.ts";
import { fitWorkOrder, WORK_ORDER_LIMIT, type WorkOrder, workOrder } from "./work-order.ts";

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const orders = fc
  .record({
    evidence: fc.string({ unit: "grapheme", maxLength: 3000 }),
    suspectFiles: fc.array(fc.string({ unit: "grapheme", maxLength: 120 }), { maxLength: 20 }),
    impact: fc.string({ unit: "binary", maxLength: 1500 }),
    previousAttempts: fc.array(
      fc.record({ attempt: fc.nat(), outcome: fc.constant("failed"), reason: fc.string({ maxLength: 300 }) }),
      { maxLength: 20 },
    ),
  })
  .map(workOrderOf);

describe("a work order that is too large", () => {
  it("always comes under the limit", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 700, max: 4000 }), (order, limit) => {
        expect(sizeOf(fitWorkOrder(order, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("is still one that `claim` takes", () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(workOrder.safeParse(fitWorkOrder(order, 800)).success).toBe(true);
      }),
    );
  });

  it("loses evidence before anything else", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 700, max: 4000 }), (order, limit) => {
        const fitted = fitWorkOrder(order, limit);
        const lostMore = sizeOf({ ...fitted, evidence: "" }) < sizeOf({ ...order, evidence: "" });
        const bare = { ...order, evidence: "\n(evidence shortened)" };
        expect(lostMore).toBe(sizeOf(order) > limit && sizeOf(bare) > limit);
      }),
    );
  });

  it("is never cut through a surrogate pair", () => {
    fc.assert(
      fc.property(fc.integer({ min: 700, max: 900 }), (limit) => {
        const { evidence } = fitWorkOrder(workOrderOf({ evidence: "💥".repeat(300) }), limit);
        expect(evidence.isWellFormed()).toBe(true);
      }),
    );
  });

  it("uses the room that it has, whatever the text costs in JSON", () => {
    for (const text of ['"', "\n", "é", "💥", "a", "\u0001"]) {
      const fitted = fitWorkOrder(workOrderOf({ evidence: text.repeat(WORK_ORDER_LIMIT) }));
      expect(sizeOf(fitted)).toBeGreaterThan(WORK_ORDER_LIMIT - 10);
    }
  });

  it("is filled to the last byte where its evidence is plain", () => {
    const fitted = fitWorkOrder(workOrderOf({ evidence: "a".repeat(WORK_ORDER_LIMIT) }));
    expect(sizeOf(fitted)).toBe(WORK_ORDER_LIMIT);
  });

  it("says that it was shortened", () => {
    expect(fitWorkOrder(workOrderOf({ evidence: "a".repeat(40_000) })).evidence).toMatch(
      /\(evidence shortened\)$/,
    );
  });
});

describe("a work order that fits", () => {
  it("is left as it is", () => {
    const order = workOrderOf();
    expect(fitWorkOrder(order)).toBe(order);
  });

  it("keeps fields that a newer version wrote", () => {
    const order = { ...workOrderOf(), colour: "red" };
    expect(workOrder.parse(order)).toEqual(order);
  });
});

describe("what earlier attempts taught", () => {
  const lesson = (attempt: number) => ({
    attempt,
    outcome: "failed",
    diff: `diff ${attempt} ${"a".repeat(900)}`,
    failure: "b".repeat(300),
    ci: [{ name: "CI", conclusion: "failure" }],
  });
  const order = workOrderOf({ evidence: "c".repeat(1000), previousAttempts: [lesson(1), lesson(2)] });
  const without = (room: number) => fitWorkOrder(order, sizeOf(order) - room);

  it("goes before the evidence, the oldest diff first", () => {
    const [first, second] = without(10).previousAttempts;
    expect(first).toEqual({
      attempt: 1,
      outcome: "failed",
      failure: lesson(1).failure,
      ci: lesson(1).ci,
      missing: ["its diff did not fit"],
    });
    expect(second).toEqual(lesson(2));
  });

  it("loses diffs before failing output", () => {
    const [first, second] = without(1500).previousAttempts;
    expect([first?.diff, second?.diff]).toEqual([undefined, undefined]);
    expect([first?.failure, second?.failure]).toEqual([lesson(1).failure, lesson(2).failure]);
  });

  it("is gone before the evidence is shortened", () => {
    const fitted = without(2700);
    expect(fitted.previousAttempts.flatMap((each) => [each.diff, each.failure, each.ci])).toEqual(
      Array(6).fill(undefined),
    );
    expect(fitted.evidence).toMatch(/\(evidence shortened\)$/);
  });

  it("leaves the evidence whole where it was enough, to the last byte", () => {
    const fitted = without(10);
    expect(fitted.evidence).toBe(order.evidence);
    expect(fitWorkOrder(order, sizeOf(fitted))).toEqual(fitted);
  });

  it("is missed by name, and only where it was known", () => {
    const silent = { attempt: 3, outcome: "failed" };
    const fitted = fitWorkOrder(
      { ...order, previousAttempts: [lesson(1), silent] },
      sizeOf({ ...order, previousAttempts: [] }),
    );
    expect(fitted.previousAttempts).toEqual([
      {
        attempt: 1,
        outcome: "failed",
        missing: ["its diff did not fit", "its failing output did not fit", "its CI results did not fit"],
      },
      silent,
    ]);
  });
});

describe("a work order that no shorter evidence makes fit", () => {
  const bare = "\n(evidence shortened)";
  const full = workOrderOf({
    evidence: "a".repeat(500),
    impact: "b".repeat(200),
    similarIncidents: [3, 4],
    checks: [
      { name: "CI", conclusion: "failure", log: "c".repeat(300), missing: ["its words"] },
      { name: "lint", conclusion: "failure" },
    ],
    previousAttempts: [1, 2, 3, 4, 5, 6, 7].map((attempt) => ({
      attempt,
      outcome: "failed",
      reason: "d".repeat(50),
    })),
  });
  const reduced = (change: Partial<WorkOrder>): WorkOrder => ({ ...full, evidence: bare, ...change });
  const { log: _log, ...red } = full.checks?.[0] ?? { name: "", conclusion: "" };
  const checks = [
    { ...red, missing: ["its words", "its log did not fit"] },
    ...(full.checks?.slice(1) ?? []),
  ];
  const noImpact = { checks, impact: undefined };
  const noHistory = {
    ...noImpact,
    similarIncidents: [],
    previousAttempts: [3, 4, 5, 6, 7].map((attempt) => ({ attempt, outcome: "failed" })),
  };
  const noFiles = { ...noHistory, suspectFiles: [], previousAttempts: [] };

  it.each<[string, Partial<WorkOrder>]>([
    ["nothing but its evidence", {}],
    ["the logs of checks first", { checks }],
    ["the impact next", noImpact],
    ["all but the outcomes of the last five attempts next", noHistory],
    ["files and attempts at last", noFiles],
  ])("loses %s where that is just enough", (_, change) => {
    expect(fitWorkOrder(full, sizeOf(reduced(change)))).toEqual(reduced(change));
  });

  it("has a title of 400 bytes where nothing else is left to take", () => {
    const titled = { ...full, incident: { ...full.incident, title: "e".repeat(900) } };
    expect(fitWorkOrder(titled, 900).incident.title).toBe("e".repeat(400));
  });
});
