import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GATES } from "../gates.ts";
import { anyLatencyHours, latencyHours } from "../testing/latency.ts";
import { decideLatencyRecovery } from "./latency-recovery.ts";
import { type LatencyRecoveryInput, summariseLatencyRecovery } from "./latency-recovery-summary.ts";

const SLOW = { p95: 400, above: 20 };

/** A fast week, a slow day, and what came since. */
function recovery(
  since: LatencyRecoveryInput["since"],
  more: Partial<LatencyRecoveryInput> = {},
): LatencyRecoveryInput {
  return {
    before: latencyHours(0, 168),
    slow: latencyHours(168, 24, SLOW),
    since,
    thresholdMs: 1000,
    minSamples: 100,
    hoursSinceDeploy: since.length,
    ...more,
  };
}
const assess = (input: LatencyRecoveryInput) => decideLatencyRecovery(summariseLatencyRecovery(input));
const verdictOf = (...args: Parameters<typeof recovery>) => assess(recovery(...args)).verdict;

describe("after a deploy", () => {
  test.each([
    ["as fast as before is recovered", latencyHours(192, 12), "recovered"],
    ["as slow as before is failing", latencyHours(192, 12, SLOW), "failing"],
    ["half as bad is improved", latencyHours(192, 12, { p95: 300, above: 11 }), "improved"],
    ["two fast hours prove less", latencyHours(192, 2), "improved"],
    ["few requests are too little", latencyHours(192, 12, { samples: 8, above: 0 }), "waiting"],
    ["no hour at all is waiting", [], "waiting"],
    [
      "two days without a proof are inconclusive",
      latencyHours(192, 48, { p95: 260, above: 8 }),
      "inconclusive",
    ],
  ] as const)("%s", (_, since, verdict) => {
    expect(verdictOf(since)).toBe(verdict);
  });

  test("few slow requests with a p95 that is still higher are not recovered", () => {
    const found = assess(recovery(latencyHours(192, 12, { p95: 230, above: 5 })));
    expect([found.verdict, found.why]).toEqual(["improved", ["slower"]]);
  });

  test("the hours of the night are compared with nights", () => {
    const day = (from: number, more = {}) => [
      ...latencyHours(from, 12, { p95: 100, above: 1, ...more }),
      ...latencyHours(from + 12, 12, { p95: 300, above: 9, ...more }),
    ];
    const before = [...Array(7).keys()].flatMap((i) => day(i * 24));
    const slow = [
      ...latencyHours(168, 12, { p95: 200, above: 4 }),
      ...latencyHours(180, 12, { p95: 600, above: 30 }),
    ];
    const night = latencyHours(192, 12, { p95: 200, above: 4 });
    expect(verdictOf(night, { before, slow })).not.toBe("recovered");
  });

  test("hours of the day that were never seen before count for nothing", () => {
    const before = [...Array(7).keys()].flatMap((i) => latencyHours(i * 24, 6));
    const { summary } = assess(recovery(latencyHours(200, 8), { before }));
    expect(summary.samples).toBe(0);
  });

  test("what never was fast is recovered when its p95 is under the threshold", () => {
    const slow = latencyHours(168, 24, { p95: 1500, above: 10 });
    const more = { before: [], slow };
    expect(verdictOf(latencyHours(192, 24, { p95: 500, above: 0 }), more)).toBe("recovered");
    expect(verdictOf(latencyHours(192, 24, { p95: 1100, above: 3 }), more)).not.toBe("recovered");
  });

  test("an operation that was not slower than before has nothing to recover from", () => {
    const found = assess(recovery(latencyHours(192, 12), { slow: latencyHours(168, 24) }));
    expect(found.why).toContain("no-contrast");
  });

  test.each(GATES)("the gate %s keeps it from recovering", (gate) => {
    const summary = summariseLatencyRecovery(recovery(latencyHours(192, 12)));
    expect(decideLatencyRecovery({ ...summary, shut: [gate] }).verdict).not.toBe("recovered");
  });

  test.each([
    [50, 5],
    [10, 1],
  ])(
    "the hours until recovery are right for %d requests an hour, if it is as fast as it was",
    (samples, above) => {
      const hoursOf = (from: number, length: number, more = {}) =>
        latencyHours(from, length, { samples, above, ...more });
      const world = { before: hoursOf(0, 168), slow: hoursOf(168, 24, { p95: 600, above: samples / 2 }) };
      const first = assess(recovery(hoursOf(192, 1), world));
      const whole = Array.from({ length: 48 }, (_, index) => index + 1);
      const recovered = whole.find((hours) => verdictOf(hoursOf(192, hours), world) === "recovered");
      expect(Math.ceil(first.etaHours ?? Number.NaN) + 1).toBe(recovered);
    },
  );
});

const anyRecovery: fc.Arbitrary<LatencyRecoveryInput> = fc.record({
  before: anyLatencyHours(0, 168),
  slow: anyLatencyHours(168, 48),
  since: anyLatencyHours(216, 72),
  thresholdMs: fc.option(fc.double({ min: 1, max: 10_000, noNaN: true })),
  minSamples: fc.integer({ min: 1, max: 1000 }),
  hoursSinceDeploy: fc.double({ min: 0, max: 100, noNaN: true }),
  capHours: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
});

describe("laws of the latency recovery", () => {
  test("a summary that was stored as JSON gives the same decision, byte for byte", () => {
    fc.assert(
      fc.property(anyRecovery, (input) => {
        const found = assess(input);
        const stored = JSON.parse(JSON.stringify(found.summary));
        expect(JSON.stringify(decideLatencyRecovery(stored))).toBe(JSON.stringify(found));
        expect(JSON.stringify(found.summary).length).toBeLessThan(1024);
      }),
      { numRuns: 1000 },
    );
  });

  test("recovery and failing are never both proven, and nothing is recovered with something in the way", () => {
    fc.assert(
      fc.property(anyRecovery, (input) => {
        const { evidence, verdict, why } = assess(input);
        expect(Math.min(evidence.logE, evidence.logF)).toBeLessThan(Math.log(20));
        if (verdict === "recovered") expect(why).toEqual([]);
      }),
    );
  });

  test("one more slow request never speaks for recovery", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 48 }), (above, hours) => {
        const logE = (count: number) =>
          assess(recovery(latencyHours(192, hours, { above: count }))).evidence.logE;
        expect(logE(above + 1)).toBeLessThan(logE(above));
      }),
    );
  });
});
