import { describe, expect, test } from "vitest";
import { EXPOSURE } from "./exposure.ts";
import { hours } from "./plan.ts";
import { allReleases, drawMany, expectNear, mean, ratePerHourIn, sumEach, total } from "./testing/measure.ts";

const countedIn = (name: string, trials = 40) =>
  drawMany(name, {}, trials).map(({ traffic }) => (traffic.project ? allReleases(traffic.project) : []));
const variation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - middle) ** 2))) / middle;
};
const unknownShare = (counts: readonly number[]) => mean(counts.map((x) => (Number.isNaN(x) ? 1 : 0)));

describe("traffic that is counted wrongly", () => {
  test.each(EXPOSURE.filter(({ name }) => /^(count|sampled|a gap|15)/.test(name)).map(({ name }) => name))(
    "%s: the errors do not change",
    (name) => {
      const worlds = drawMany(name, { residue: 0.5 });
      expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.04);
      expectNear(ratePerHourIn(worlds, 0, 240), 2.5, 0.05);
    },
  );

  test("noise has a coefficient of variation of 50 % from hour to hour", () => {
    const counts = countedIn("counted with a noise of 50 % by hour").flatMap((all) => sumEach(all, 12));
    expectNear(variation(counts), 0.5, 0.06);
    expectNear(mean(counts), 120, 0.03);
  });

  test("15 % of the buckets are missing, each by itself", () => {
    expectNear(mean(countedIn("15 % of the buckets not counted").map(unknownShare)), 0.15, 0.05);
  });

  test("a gap is four hours long, once a day", () => {
    for (const counts of countedIn("a gap of 4 h a day", 5)) {
      expect(unknownShare(counts)).toBeCloseTo(4 / 24, 6);
      const starts = counts.filter((x, i) => Number.isNaN(x) && !Number.isNaN(counts[i - 1] ?? 0));
      expect(starts.length).toBeLessThanOrEqual(17);
    }
  });

  test("half of the buckets with errors are lost, and no other", () => {
    for (const { events, traffic } of drawMany("count lost in half of the buckets with errors", {}, 5)) {
      const counts = traffic.project ? allReleases(traffic.project) : [];
      const errors = allReleases(events);
      expectNear(unknownShare(counts.filter((_, i) => (errors[i] ?? 0) > 0)), 0.5, 0.1);
      expect(unknownShare(counts.filter((_, i) => errors[i] === 0))).toBe(0);
    }
  });

  test("a sampling rate that wanders is known, and shows in the count", () => {
    for (const { traffic, sampleRates } of drawMany("sampled at a rate that wanders", {}, 3)) {
      const counts = traffic.project ? allReleases(traffic.project) : [];
      expect(counts.every((x, i) => Math.abs(x - 10 * (sampleRates.traffic[i] ?? 0)) < 1e-9)).toBe(true);
    }
  });

  test.each([
    ["up by 1.49", 1.49],
    ["down by 1.49", 1 / 1.49],
    ["up by 3", 3],
    ["down by 3", 1 / 3],
  ])("counts that go %s do so at the deploy", (text, factor) => {
    const [counts = []] = countedIn(`counted traffic ${text} at the deploy, unseen`, 1);
    expect((counts[hours(168)] ?? 0) / (counts[hours(168) - 1] ?? 1)).toBeCloseTo(factor, 9);
  });
});

describe("traffic that changes in truth", () => {
  test("a holiday leaves a quarter of it, and of the errors", () => {
    const worlds = drawMany("holiday at a quarter, truly counted");
    expectNear(ratePerHourIn(worlds, 0, 240) / 5, 0.25, 0.06);
    const [counts = []] = countedIn("holiday at a quarter, truly counted", 1);
    expect((counts.at(-1) ?? 0) / (counts[0] ?? 1)).toBeCloseTo(0.25, 9);
  });

  test("it stops within the first day, at any hour, and the errors with it", () => {
    const stops = countedIn("traffic stops within a day", 60).map((counts) => counts.indexOf(0) - hours(168));
    expect(Math.min(...stops)).toBeLessThan(hours(6));
    expect(Math.max(...stops)).toBeGreaterThan(hours(18));
    expect(Math.max(...stops)).toBeLessThanOrEqual(hours(24));
    expect(
      total(drawMany("traffic stops within a day").map((world) => ratePerHourIn([world], 24, 240))),
    ).toBe(0);
  });
});
