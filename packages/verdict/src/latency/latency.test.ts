import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyLatency, latencyHours, latencyInput } from "../testing/latency.ts";
import { assessLatency, decideLatency } from "./latency.ts";

const slower = latencyHours(168, 6, { p95: 320, above: 14 });

describe("regressed", () => {
  test("more slow requests than chance and the days explain, and a higher p95, are a regression", () => {
    const { verdict, test: rise } = assessLatency(latencyInput(slower));
    expect(verdict).toBe("regressed");
    expect(rise?.z).toBeGreaterThan(rise?.required ?? Number.POSITIVE_INFINITY);
    expect(rise?.ratio).toBeCloseTo(1.6, 9);
  });

  test("the same share as before is steady", () => {
    expect(assessLatency(latencyInput(latencyHours(168, 6))).verdict).toBe("steady");
  });

  test("a rise below the minimum change is steady, however sure", () => {
    const current = latencyHours(168, 6, { p95: 225, above: 14 });
    expect(assessLatency(latencyInput(current)).verdict).toBe("steady");
  });

  test("what was slow for an hour and is over is steady", () => {
    const current = [
      ...latencyHours(168, 3, { p95: 400, above: 30 }),
      ...latencyHours(171, 3, { p95: 400, above: 5 }),
    ];
    expect(assessLatency(latencyInput(current)).test?.lasting).toBe(false);
    expect(assessLatency(latencyInput(current)).verdict).toBe("steady");
  });

  test("a rise that days before showed as well is steady", () => {
    const baseline = [...Array(7).keys()].flatMap((day) =>
      latencyHours(day * 24, 24, day % 3 === 0 ? { p95: 330, above: 15 } : {}),
    );
    expect(assessLatency(latencyInput(slower, { baseline })).verdict).toBe("steady");
  });

  test("hours that are slow every day are no regression", () => {
    const baseline = [...Array(7).keys()].flatMap((day) => [
      ...latencyHours(day * 24, 6, { p95: 320, above: 14 }),
      ...latencyHours(day * 24 + 6, 18, { p95: 100, above: 0 }),
    ]);
    expect(assessLatency(latencyInput(slower, { baseline })).verdict).toBe("steady");
  });

  test("with one earlier day, days are taken to differ by 10 %", () => {
    const baseline = latencyHours(144, 24);
    const { test: rise } = assessLatency(
      latencyInput(latencyHours(168, 6, { p95: 260, above: 9 }), { baseline }),
    );
    expect(rise?.phi).toBeCloseTo(1 + 0.09 * 30, 9);
  });

  test("without counts of slow requests the ranks of the hours decide", () => {
    const baseline = [...Array(7).keys()].flatMap((day) =>
      latencyHours(day * 24, 24, { p95: 200 + day, above: null }),
    );
    const current = latencyHours(168, 24, { p95: 320, above: null });
    const found = assessLatency(latencyInput(current, { baseline }));
    expect(found.test?.by).toBe("rank");
    expect(found.verdict).toBe("regressed");
  });
});

describe("insufficient", () => {
  test.each([
    ["few-samples", latencyHours(168, 6, { samples: 16, above: 9 }), {}],
    ["no-baseline", slower, { baseline: latencyHours(150, 6) }],
    ["no-baseline", slower, { baseline: [] }],
    ["few-expected", latencyHours(168, 6, { above: 9 }), { baseline: latencyHours(0, 168, { above: 1 }) }],
    ["few-buckets", latencyHours(168, 6, { above: null }), {}],
  ] as const)("%s is said", (gap, current, more) => {
    const found = assessLatency(latencyInput(current, more));
    expect(found.verdict).toBe("insufficient");
    expect(found.gaps).toEqual([gap]);
  });

  test("twenty requests an hour are the least that six hours can judge", () => {
    const at = (samples: number) =>
      assessLatency(
        latencyInput(latencyHours(168, 6, { samples, above: samples / 10 }), {
          baseline: latencyHours(0, 168, { samples, above: samples / 10 }),
        }),
      ).verdict;
    expect([at(16), at(20)]).toEqual(["insufficient", "steady"]);
  });
});

describe("slow", () => {
  const slow = { p95: 1400, above: 40 };

  test("a p95 over the threshold all along is slow, without any baseline", () => {
    const input = latencyInput(latencyHours(168, 6, slow), { baseline: [] });
    expect(assessLatency(input).verdict).toBe("slow");
  });

  test("a regression over the threshold is both", () => {
    const found = assessLatency(latencyInput(latencyHours(168, 6, slow)));
    expect([found.verdict, found.slow]).toEqual(["regressed", true]);
  });

  test.each([
    ["too few requests", latencyHours(168, 6, { ...slow, samples: 10, above: 10 })],
    ["a window that ended fast", [...latencyHours(168, 4, slow), ...latencyHours(172, 2)]],
    ["two hours only", latencyHours(168, 2, slow)],
  ])("%s are not", (_, current) => {
    expect(assessLatency(latencyInput(current)).slow).toBe(false);
  });
});

describe("laws of the latency verdict", () => {
  test("a summary that was stored as JSON gives the same assessment, byte for byte", () => {
    fc.assert(
      fc.property(anyLatency, (input) => {
        const found = assessLatency(input);
        const stored = JSON.parse(JSON.stringify(found.summary));
        expect(JSON.stringify(decideLatency(stored))).toBe(JSON.stringify(found));
      }),
      { numRuns: 1000 },
    );
  });

  test("numbers are finite and the summary stays under 1 KB", () => {
    fc.assert(
      fc.property(anyLatency, (input) => {
        const { summary, test: rise } = assessLatency(input);
        for (const number of [summary.phiHours, summary.phiDays, summary.rankZ, summary.dayT, rise?.z ?? 0]) {
          expect(Number.isFinite(number)).toBe(true);
        }
        expect(JSON.stringify(summary).length).toBeLessThan(1024);
      }),
    );
  });

  test("the order of the buckets does not matter", () => {
    fc.assert(
      fc.property(anyLatency, (input) => {
        const reversed = {
          ...input,
          baseline: input.baseline.toReversed(),
          current: input.current.toReversed(),
        };
        expect(assessLatency(reversed).verdict).toBe(assessLatency(input).verdict);
      }),
    );
  });

  test("one more slow request now never lowers the standard errors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 1, max: 25 }), (above, before) => {
        const z = (count: number) =>
          assessLatency(
            latencyInput(latencyHours(168, 6, { above: count }), {
              baseline: latencyHours(0, 168, { above: before }),
            }),
          ).test?.z ?? 0;
        fc.pre(above >= before);
        expect(z(above + 1)).toBeGreaterThanOrEqual(z(above));
      }),
    );
  });
});
