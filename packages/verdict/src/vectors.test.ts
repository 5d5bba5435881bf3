import { MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { measureBaseline } from "./baseline.ts";
import { exposureToRecovery, weighEvidence } from "./evidence.ts";
import { rankQuiet } from "./rank.ts";
import { decideFrom } from "./recovery.ts";
import { BUCKET, RULE } from "./rule.ts";
import { activeRatio, saturationRate } from "./saturation.ts";
import { summarise } from "./summarise.ts";
import { countAlone } from "./summary.ts";
import { type BucketsRow, inputOf, readVectors, type SummaryRow } from "./testing/vectors.ts";

const { rule, rows } = readVectors();

function expectClose(actual: number | null | undefined, expected: unknown, name: string) {
  if (expected === null || expected === 0) return expect(actual, name).toBe(expected);
  const wanted = expected as number;
  return expect(
    Math.abs((actual ?? Number.NaN) / wanted - 1),
    `${name}: ${actual} for ${wanted}`,
  ).toBeLessThan(1e-6);
}

describe("published vectors of the recovery rule where nothing vouches for the counts", () => {
  test("there are sixteen rows", () => {
    expect(rows.length).toBe(16);
  });

  test("the constants are the published ones", () => {
    expect({
      bucketMinutes: BUCKET / MINUTE,
      threshold: RULE.threshold,
      recoveredNull: RULE.recovered.nothing,
      recoveredAlt: RULE.recovered.instead,
      failingNull: RULE.failing.nothing,
      failingAlt: RULE.failing.instead,
      improvedNull: RULE.improved.nothing,
      improvedAlt: RULE.improved.instead,
      rankMax: 0,
      blockHours: RULE.blockHours,
      exposureCap: RULE.exposureCap,
      weakBelow: RULE.weakBelow,
      minBuckets: RULE.minBuckets,
      minCoverage: RULE.minCoverage,
      capHours: RULE.capHours,
    }).toEqual(rule);
  });

  test.each(rows.filter((row): row is SummaryRow => row.kind === "summary"))(
    "from counts: $in",
    ({ in: given, out }) => {
      const counts = { ...given, lam: saturationRate(given.k0, given.n0, given.events0) };
      const found = {
        lam: counts.lam,
        q30: activeRatio(0.3, counts.lam),
        ...weighEvidence(counts),
        etaExposure: exposureToRecovery(counts),
      };
      for (const name of Object.keys(out)) expectClose(found[name as keyof typeof found], out[name], name);
      expect(Object.keys(found).sort()).toEqual(Object.keys(out).sort());
    },
  );

  test.each(rows.filter((row): row is BucketsRow => row.kind === "buckets"))("from buckets: $name", (row) => {
    const summary = countAlone(summarise(inputOf(row)));
    const { verdict, weak, why, numbers, etaHours } = decideFrom(summary);
    const {
      verdict: wantedVerdict,
      why: wantedWhy,
      weak: wantedWeak,
      etaHours: wantedEta,
      windows,
      quiet,
      ...wanted
    } = row.out;
    expect(verdict === "recovered" && weak.length > 0 ? "recovered (weak)" : verdict).toBe(wantedVerdict);
    expect(why.join(",")).toBe(wantedWhy);
    expect(weak).toEqual(wantedWeak);
    expectClose(etaHours, wantedEta, "etaHours");
    // Without the margin that a precedent has had since these were published.
    const { runs } = measureBaseline(inputOf(row).baseline, inputOf(row));
    expect(rankQuiet(runs, summary.E, summary.c)).toEqual({ windows, quiet });
    for (const name of Object.keys(wanted)) {
      expectClose(numbers[name as Exclude<keyof typeof numbers, "control">], wanted[name], name);
    }
  });
});
