import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exposureToRecovery, LOG_THRESHOLD, weighEvidence } from "./evidence.ts";
import { longestQuiet, rankQuiet, sumRuns } from "./rank.ts";
import { assessRecovery, decideFrom } from "./recovery.ts";
import { summarise } from "./summarise.ts";
import { anyCounts, anyIncident } from "./testing/incidents.ts";

const rounding = (size: number) => 1e-9 * (1 + Math.abs(size));

describe("laws of the evidence", () => {
  test("more exposure without an error never speaks against recovery nor for failing", () => {
    fc.assert(
      fc.property(anyCounts, fc.double({ min: 0, max: 1e6, noNaN: true }), (counts, further) => {
        const now = weighEvidence(counts);
        const later = weighEvidence({ ...counts, E: counts.E + further });
        expect(later.logE).toBeGreaterThanOrEqual(now.logE - rounding(now.logE));
        expect(later.logImproved).toBeGreaterThanOrEqual(now.logImproved - rounding(now.logImproved));
        expect(later.logF).toBeLessThanOrEqual(now.logF + rounding(now.logF));
      }),
    );
  });

  test("one more active bucket never speaks for recovery nor against failing", () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const now = weighEvidence(counts);
        const later = weighEvidence({ ...counts, c: counts.c + 1 });
        expect(later.logE).toBeLessThanOrEqual(now.logE + rounding(now.logE));
        expect(later.logF).toBeGreaterThanOrEqual(now.logF - rounding(now.logF));
      }),
    );
  });

  test("recovery and failing are never both proven", () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const { logE, logF } = weighEvidence(counts);
        expect(Math.min(logE, logF)).toBeLessThan(LOG_THRESHOLD);
      }),
    );
  });

  test("the further exposure that is asked for is enough, and a little less is not", () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const further = exposureToRecovery(counts);
        fc.pre(further !== null && further > 0);
        const at = (share: number) => weighEvidence({ ...counts, E: counts.E + (further ?? 0) * share }).logE;
        expect(at(1)).toBeGreaterThanOrEqual(LOG_THRESHOLD);
        expect(at(0.999)).toBeLessThan(LOG_THRESHOLD);
      }),
    );
  });
});

describe("laws of the verdict", () => {
  test("counting exposure in another unit changes nothing", () => {
    fc.assert(
      fc.property(anyIncident, fc.integer({ min: -6, max: 6 }), (incident, power) => {
        const scale = (series: typeof incident.since) => ({
          events: series.events,
          exposure: series.exposure.map((x) => x * 2 ** power),
        });
        const scaled = assessRecovery({
          ...incident,
          lead: incident.lead?.map((x) => x * 2 ** power),
          baseline: scale(incident.baseline),
          since: scale(incident.since),
        });
        const plain = assessRecovery(incident);
        expect(scaled.verdict).toBe(plain.verdict);
        expect([scaled.why, scaled.weak, scaled.undecidable]).toEqual([
          plain.why,
          plain.weak,
          plain.undecidable,
        ]);
        expect(scaled.numbers.logE).toBeCloseTo(plain.numbers.logE, 6);
      }),
    );
  });

  test("a shut gate never makes it recovered", () => {
    fc.assert(
      fc.property(anyIncident, (incident) => {
        fc.pre(Object.values(incident.gates ?? {}).includes(false));
        expect(assessRecovery(incident).verdict).not.toBe("recovered");
      }),
    );
  });

  test("it is recovered if and only if nothing blocks it and it is not failing", () => {
    fc.assert(
      fc.property(anyIncident, (incident) => {
        const { verdict, why } = assessRecovery(incident);
        expect(verdict === "recovered").toBe(why.length === 0 && verdict !== "failing");
      }),
    );
  });

  test("buckets of unknown exposure change nothing but the coverage and the time that passed", () => {
    fc.assert(
      fc.property(anyIncident, fc.integer({ min: 1, max: 20 }), (incident, gap) => {
        const unknown = { events: new Array(gap).fill(7), exposure: new Array(gap).fill(Number.NaN) };
        const since = {
          events: [...incident.since.events, ...unknown.events],
          exposure: [...incident.since.exposure, ...unknown.exposure],
        };
        const { numbers: plain } = assessRecovery(incident);
        const { numbers: gapped } = assessRecovery({ ...incident, since });
        const { coverage, carriedHours } = plain;
        expect({ ...gapped, coverage, carriedHours }).toEqual(plain);
        expect(gapped.coverage).toBeLessThanOrEqual(coverage);
      }),
    );
  });

  test("a run of the baseline was as quiet if and only if the longest such run has the exposure", () => {
    fc.assert(
      fc.property(
        anyIncident,
        fc.integer({ min: 0, max: 5 }),
        fc.double({ min: 1e-3, max: 2e7, noNaN: true }),
        (incident, active, exposure) => {
          const runs = sumRuns(incident.baseline);
          const { quiet } = rankQuiet(runs, exposure, active);
          const quietest = longestQuiet(runs, active);
          fc.pre(Math.abs(quietest - exposure) > 1e-6 * exposure);
          expect(quiet > 0).toBe(exposure < quietest);
        },
      ),
    );
  });
});

describe("a stored decision", () => {
  test("of a version that knew nothing of hours and uptime is made again as it was", () => {
    fc.assert(
      fc.property(anyIncident, (incident) => {
        const { anchor: _, starts: __, lead: ___, ...known } = incident;
        fc.pre(!known.clock);
        const { aside, carried, uptime, ...stored } = summarise(known);
        fc.pre(carried === undefined);
        expect([aside, uptime]).toEqual([undefined, undefined]);
        expect(decideFrom(stored)).toEqual(assessRecovery(known));
      }),
    );
  });

  test("1,000 incidents replayed from their stored numbers give the same decision, byte for byte", () => {
    fc.assert(
      fc.property(anyIncident, (incident) => {
        const stored = JSON.stringify(summarise(incident));
        expect(JSON.stringify(decideFrom(JSON.parse(stored)))).toBe(JSON.stringify(assessRecovery(incident)));
        expect(JSON.parse(stored)).toEqual(summarise(incident));
        expect(stored.length).toBeLessThan(1000);
      }),
      { numRuns: 1000 },
    );
  });
});
