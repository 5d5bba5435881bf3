import { describe, expect, test } from "vitest";
import type { Gates } from "./gates.ts";
import { assessRecovery } from "./recovery.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { quietSeries, recoveryInput, regularSeries, WEEK } from "./testing/incidents.ts";

const hours = (count: number) => count * BUCKETS_PER_HOUR;
const baseline = regularSeries(WEEK, 6);
const fixed = (count: number, more = {}) =>
  assessRecovery(recoveryInput(baseline, quietSeries(hours(count)), more));
const unfixed = (count: number, more = {}) =>
  assessRecovery(recoveryInput(baseline, regularSeries(hours(count), 6), more));

describe("the order of verdicts", () => {
  test("not deployed comes before everything", () => {
    expect(unfixed(60, { gates: { deployed: false } }).verdict).toBe("not-deployed");
  });

  test("failing comes before the cap", () => {
    expect(unfixed(60).verdict).toBe("failing");
  });

  test("recovered comes before the cap", () => {
    expect(fixed(60).verdict).toBe("recovered");
  });

  test("inconclusive comes before improved", () => {
    const fewer = (count: number) =>
      assessRecovery(recoveryInput(baseline, regularSeries(hours(count), 30))).verdict;
    expect([fewer(40), fewer(48)]).toEqual(["improved", "inconclusive"]);
  });

  test("the cap can be set", () => {
    expect(fixed(3).verdict).toBe("improved");
    expect(fixed(3, { capHours: 3 }).verdict).toBe("inconclusive");
  });
});

describe("gates", () => {
  test.each<[keyof Gates, string]>([
    ["alive", "no-traffic"],
    ["healthy", "unhealthy"],
    ["noSibling", "sibling"],
    ["sameSampling", "sampling"],
  ])("without %s it is not recovered, and says %s", (gate, why) => {
    const { verdict, why: found } = fixed(30, { gates: { [gate]: false } });
    expect(verdict).not.toBe("recovered");
    expect(found).toEqual([why]);
  });

  test("after a change of sampling nothing is compared at all", () => {
    const gates = { sameSampling: false };
    expect([unfixed(40, { gates }).verdict, fixed(30, { gates }).verdict]).toEqual(["waiting", "waiting"]);
  });

  test("an unhealthy app can still be seen to fail", () => {
    expect(unfixed(40, { gates: { healthy: false } }).verdict).toBe("failing");
  });
});

describe("what is needed beside the evidence", () => {
  const flood = { ...regularSeries(WEEK, 1), events: new Array<number>(WEEK).fill(5) };

  test("an hour and twelve buckets, however many errors there were before", () => {
    const quiet = quietSeries(11);
    expect(assessRecovery(recoveryInput(flood, quiet)).why).toEqual(["too-soon"]);
    expect(assessRecovery(recoveryInput(flood, quietSeries(12))).verdict).toBe("recovered");
  });

  test("exposure that is known for four fifths of the time", () => {
    const gaps = (every: number) => ({
      events: quietSeries(hours(60)).events,
      exposure: quietSeries(hours(60)).exposure.map((x, i) => (i % every === 0 ? Number.NaN : x)),
    });
    expect(assessRecovery(recoveryInput(baseline, gaps(4))).why).toEqual(["coverage"]);
    expect(assessRecovery(recoveryInput(baseline, gaps(6))).why).toEqual([]);
  });

  test("a burst of traffic cannot stand for hours of it", () => {
    const burst = { ...quietSeries(12), exposure: quietSeries(12).exposure.with(3, 1e6) };
    expect(assessRecovery(recoveryInput(baseline, burst)).numbers.E).toBe(14);
  });
});

describe("a weak recovery", () => {
  test("names what it lacks", () => {
    const young = regularSeries(hours(3), 12);
    const since = quietSeries(hours(48));
    expect(assessRecovery(recoveryInput(young, since, { clock: true })).weak).toEqual([
      "few",
      "no-window",
      "clock",
    ]);
    expect(fixed(30).weak).toEqual([]);
  });
});
