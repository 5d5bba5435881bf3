import { describe, expect, it } from "vitest";
import { cutForTrend, estimateTrend } from "./trend.ts";

const points = (events: readonly number[], exposure = 10) =>
  events.map((count, hours) => ({ hours, events: count, exposure }));

describe("the trend of a rate", () => {
  it("is the slope of its logarithm", () => {
    const { slope } = estimateTrend(points([64, 32, 16, 8, 4, 2])) ?? { slope: Number.NaN };
    expect(slope).toBeCloseTo(-Math.LN2, 6);
  });

  it("is flat where events follow exposure", () => {
    const rows = [40, 20, 10, 20].map((events, hours) => ({ hours, events, exposure: events / 2 }));
    expect(estimateTrend(rows)?.slope).toBeCloseTo(0, 9);
  });

  it("is surer the more events there are, and less sure the wilder they are", () => {
    const error = (events: readonly number[]) => estimateTrend(points(events))?.error ?? Number.NaN;
    expect(error([100, 100, 100, 100])).toBeLessThan(error([10, 10, 10, 10]) / 3);
    expect(error([40, 0, 0, 40, 0, 0, 40])).toBeGreaterThan(2 * error([17, 17, 17, 18, 17, 17, 17]));
  });

  it("does not exist of four events, of two stretches, or of one that holds all", () => {
    expect(estimateTrend(points([2, 1, 1, 0]))).toBeUndefined();
    expect(estimateTrend(points([9, 3]))).toBeUndefined();
    expect(estimateTrend(points([9, 0, 0, 0]))).toBeUndefined();
  });

  it("is cut into half hours, without buckets of unknown exposure", () => {
    const since = { events: [1, 1, 1, 0, 0, 0, 2], exposure: [1, 1, Number.NaN, 1, 1, 1, 1] };
    expect(cutForTrend(since)).toEqual([
      { hours: 0.25, events: 2, exposure: 5 },
      { hours: expect.closeTo(0.5417, 3), events: 2, exposure: 1 },
    ]);
  });
});
