import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exposureToRecovery, isKept, weighEvidence, weighProof } from "./evidence.ts";
import { assessRecovery, decideFrom } from "./recovery.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { summarise } from "./summarise.ts";
import { countAlone } from "./summary.ts";
import {
  anyCounts,
  poissonSeries,
  quietSeries,
  recoveryInput,
  seededRandom,
  WEEK,
} from "./testing/incidents.ts";

const anySpread = anyCounts.chain((counts) =>
  fc.double({ min: 1, max: 30, noNaN: true }).map((spread) => ({ ...counts, spread })),
);

describe("the promises of recovered", () => {
  test("are all kept when the one that is furthest from it is", () => {
    const counts = { k0: 168, E0: 2016, c: 0, E: 0, lam: 0, phi: 1, spread: 1 };
    const needed = exposureToRecovery(counts) ?? Number.NaN;
    expect(weighProof({ ...counts, E: needed * 0.9 })).toMatchObject({
      left: 0.25,
      logNeeded: Math.log(1 / 0.15),
    });
    expect(isKept(weighProof({ ...counts, E: needed * 0.999 }))).toBe(false);
    expect(isKept(weighProof({ ...counts, E: needed }))).toBe(true);
  });

  test("are furthest from kept against nothing fixed while nothing has been seen", () => {
    const unseen = { k0: 168, E0: 2016, c: 0, E: 0, lam: 0, phi: 1, spread: 1 };
    expect(weighProof(unseen)).toMatchObject({ left: 1, logE: 0, logNeeded: Math.log(250) });
  });

  test("are never kept while it is called failing", () => {
    fc.assert(
      fc.property(anySpread, (counts) => {
        fc.pre(weighEvidence(counts).logF >= Math.log(RULE.threshold));
        expect(isKept(weighProof(counts))).toBe(false);
      }),
    );
  });

  test("come no nearer with one more error", () => {
    const gap = (counts: Parameters<typeof weighProof>[0]) => {
      const { logE, logNeeded } = weighProof(counts);
      return logE - logNeeded;
    };
    fc.assert(
      fc.property(anySpread, (counts) => {
        const now = gap(counts);
        expect(gap({ ...counts, c: counts.c + 1 })).toBeLessThanOrEqual(now + 1e-9 * (1 + Math.abs(now)));
      }),
    );
  });
});

describe("counts that nothing vouches for", () => {
  const summaryAfter = (hours: number) =>
    summarise(recoveryInput(poissonSeries(WEEK, 1, seededRandom(2)), quietSeries(hours * BUCKETS_PER_HOUR)));

  test("need the odds of rule 2, and so more time", () => {
    const hours = [8, 10, 12, 14, 16, 18, 20, 22, 24];
    const first = (decide: typeof countAlone) =>
      hours.find((hour) => decideFrom(decide(summaryAfter(hour))).verdict === "recovered") ?? Number.NaN;
    expect(first(countAlone)).toBeGreaterThan(first((summary) => summary));
  });

  test("say when they will have them", () => {
    const summary = summaryAfter(2);
    const { etaHours } = decideFrom(countAlone(summary));
    expect(etaHours).toBe(summary.etaAlone);
    expect(etaHours ?? 0).toBeGreaterThan(summary.eta ?? Number.NaN);
  });

  test("are those of a wait of more than a day if no week of the error is known: it may be days of rest", () => {
    const isVouched = (days: number, perHour: number) => {
      const known = poissonSeries(days * BUCKETS_PER_DAY, perHour, seededRandom(3));
      return summarise(recoveryInput(known, quietSeries(2 * BUCKETS_PER_HOUR))).spread !== undefined;
    };
    expect([isVouched(4, 0.3), isVouched(4, 2), isVouched(7, 0.3)]).toEqual([false, true, true]);
  });

  test("are those of every record from before", () => {
    const { spread, etaAlone, ...before } = summaryAfter(12);
    expect(countAlone(before)).toEqual(before);
    expect(decideFrom(before).numbers).toMatchObject({ left: 0.3, logNeeded: Math.log(20) });
  });
});

describe("an error known for less than six hours", () => {
  const known = (buckets: number, silence: number, more = {}) =>
    assessRecovery(
      recoveryInput(
        {
          events: [1, ...poissonSeries(buckets - 1, 30, seededRandom(4)).events],
          exposure: quietSeries(buckets).exposure,
        },
        quietSeries(silence * BUCKETS_PER_HOUR),
        { baselineBeginsAtFirstEvent: true, ...more },
      ),
    );

  test("may be a flare for two days", () => {
    expect(known(71, 47)).toMatchObject({ verdict: "improved", why: ["flare"], etaHours: 1 });
  });

  test("has stopped then, though nothing shows that the fix did it", () => {
    const { verdict, weak } = known(71, 48);
    expect(verdict).toBe("recovered");
    expect(weak).toContain("flare");
  });

  test("has stopped at the cap, if that comes sooner", () => {
    expect(known(71, 24, { capHours: 24 }).verdict).toBe("recovered");
  });

  test("is judged at once from six hours on", () => {
    const { verdict, weak } = known(72, 6);
    expect(verdict).toBe("recovered");
    expect(weak).not.toContain("flare");
  });

  test("is judged at once beside releases that go on raising it", () => {
    const control = {
      events: poissonSeries(72, 15, seededRandom(9)).events,
      exposure: quietSeries(72, 0.5).exposure,
    };
    const { verdict, weak } = known(71, 6, { control });
    expect(verdict).toBe("recovered");
    expect(weak).not.toContain("flare");
  });
});
