import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { layOutBuckets } from "./buckets.ts";
import { assessRecovery } from "./recovery.ts";
import { BUCKET, BUCKETS_PER_HOUR } from "./rule.ts";
import {
  poissonSeries,
  quietSeries,
  recoveryInput,
  regularSeries,
  seededRandom,
  WEEK,
} from "./testing/incidents.ts";

const hours = (count: number) => count * BUCKETS_PER_HOUR;

describe("what a verdict on recovery must not fall for", () => {
  test("a quiet stretch long after the deploy does not make up for the errors since the deploy", () => {
    const baseline = regularSeries(WEEK, 6);
    const noisyThenQuiet = {
      events: [...regularSeries(hours(12), 6).events, ...quietSeries(hours(12)).events],
      exposure: quietSeries(hours(24)).exposure,
    };
    const trailing = assessRecovery(recoveryInput(baseline, quietSeries(hours(12))));
    expect(trailing.verdict).toBe("recovered");
    expect(assessRecovery(recoveryInput(baseline, noisyThenQuiet)).verdict).not.toBe("recovered");
  });

  test("looking every five minutes for two days does not turn an unfixed issue into a recovered one", () => {
    const random = seededRandom(20);
    const baseline = poissonSeries(WEEK, 1, random);
    const since = poissonSeries(hours(48), 1, random);
    const verdicts = since.events.map((_, look) => {
      const seen = { events: since.events.slice(0, look + 1), exposure: since.exposure.slice(0, look + 1) };
      return assessRecovery(recoveryInput(baseline, seen)).verdict;
    });
    expect(verdicts).not.toContain("recovered");
  });

  test("a crash loop of twenty errors in one bucket is one fact, not twenty", () => {
    const baseline = regularSeries(WEEK, 12);
    const once = { ...quietSeries(hours(10)), events: quietSeries(hours(10)).events.with(3, 1) };
    const loop = { ...once, events: once.events.with(3, 20) };
    expect(assessRecovery(recoveryInput(baseline, loop))).toEqual(
      assessRecovery(recoveryInput(baseline, once)),
    );
  });

  test("a tenth of a flood still fills half of the buckets, and is recognised as a tenth", () => {
    const random = seededRandom(3);
    const flood = poissonSeries(WEEK, 60, random);
    const tenth = poissonSeries(hours(24), 6, random);
    const { numbers } = assessRecovery(recoveryInput(flood, tenth));
    expect(numbers.c / hours(24)).toBeGreaterThan(0.3);
    expect(numbers.logE).toBeGreaterThan(Math.log(20));
    expect(numbers.logF).toBeLessThan(0);
  });

  test("errors that arrive in nightly bursts need more than one quiet day", () => {
    const baseline = quietSeries(WEEK);
    const nightly = baseline.events.map((_, i) => (i % hours(24) < hours(1) ? 9 : 0));
    const assessment = assessRecovery(
      recoveryInput({ ...baseline, events: nightly }, quietSeries(hours(22))),
    );
    expect(assessment.why).toEqual(["evidence", "rank"]);
  });

  test("no traffic is never a recovery, however long it lasts", () => {
    const baseline = regularSeries(WEEK, 6, 100);
    const silence = quietSeries(hours(200), 0);
    const { verdict, numbers } = assessRecovery(recoveryInput(baseline, silence));
    expect(numbers.logE).toBe(0);
    expect(verdict).toBe("inconclusive");
  });

  test("errors that fell with the traffic have not become rarer", () => {
    const baseline = regularSeries(WEEK, 6, 100);
    const thinned = regularSeries(hours(48), 60, 10);
    expect(assessRecovery(recoveryInput(baseline, thinned)).verdict).toBe("failing");
  });

  test.each([2, 3])("one in %i errors left is not fixed, though the rate fell", (left) => {
    const baseline = regularSeries(WEEK, 6);
    const { verdict, numbers } = assessRecovery(recoveryInput(baseline, regularSeries(hours(40), 6 * left)));
    expect(verdict).not.toBe("recovered");
    expect(numbers.logE).toBeLessThan(0);
  });

  test("the first error of a new issue chose the window and is not counted", () => {
    const baseline = regularSeries(hours(6), 4);
    const since = quietSeries(hours(2));
    const counted = assessRecovery(recoveryInput(baseline, since));
    const chosen = assessRecovery(recoveryInput(baseline, since, { baselineBeginsAtFirstEvent: true }));
    expect(chosen.numbers.k0).toBe(counted.numbers.k0 - 1);
  });

  test("a single error is no baseline", () => {
    const one = { ...quietSeries(hours(6)), events: quietSeries(hours(6)).events.with(0, 1) };
    const input = recoveryInput(one, quietSeries(hours(40)), { baselineBeginsAtFirstEvent: true });
    const { verdict, etaHours, undecidable } = assessRecovery(input);
    expect({ verdict, etaHours, undecidable }).toEqual({
      verdict: "waiting",
      etaHours: null,
      undecidable: true,
    });
  });

  test("the baseline begins at the onset, and not before the issue existed", () => {
    const anchor = 1_800_000_000_000;
    const young = layOutBuckets(anchor, anchor - 6 * HOUR, anchor + HOUR);
    expect(young.baseline).toEqual({ start: anchor - 6 * HOUR, length: hours(6) });
    expect(young.baselineBeginsAtFirstEvent).toBe(true);
    const old = layOutBuckets(anchor, anchor - 30 * DAY, anchor + HOUR);
    expect(old.baseline).toEqual({ start: anchor - WEEK * BUCKET, length: WEEK });
    expect(old.baselineBeginsAtFirstEvent).toBe(false);
  });

  test("old clients' traffic counts neither for nor against a release that few clients run yet", () => {
    const baseline = regularSeries(WEEK, 6, 100);
    const everyClient = quietSeries(hours(6), 100);
    const newClients = quietSeries(hours(6), 5);
    expect(assessRecovery(recoveryInput(baseline, everyClient)).verdict).toBe("recovered");
    expect(assessRecovery(recoveryInput(baseline, newClients)).verdict).toBe("waiting");
  });
});
