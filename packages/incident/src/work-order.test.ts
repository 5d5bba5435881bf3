import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workOrderOf } from "./testing/incidents.ts";
import { fitWorkOrder, WORK_ORDER_LIMIT, workOrder } from "./work-order.ts";

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
});
