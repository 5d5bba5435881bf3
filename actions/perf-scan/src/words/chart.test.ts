import { describe, expect, it } from "vitest";
import { arrangePoints, drawChart, pointsTable } from "./chart.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const START = Date.parse("2026-11-20T00:00:00Z");
const hours = (count: number, from: number, p95: (index: number) => number | null, samples = 10) =>
  Array.from({ length: count }, (_, index) => ({
    at: from + index * HOUR,
    samples: p95(index) === null ? 0 : samples,
    p95: p95(index),
    above: null,
  }));
const judged = (window: ReturnType<typeof hours>, baseline: ReturnType<typeof hours> = []) => ({
  window,
  current: window,
  baseline,
});

describe("the picture of a window", () => {
  it("shows each hour of a day beside the same hour a week before", () => {
    const points = arrangePoints(
      judged(
        hours(24, START, () => 200),
        hours(24, START - WEEK, () => 100),
      ),
      WEEK,
    );
    expect(points).toHaveLength(24);
    expect(points[3]).toEqual({
      at: START + 3 * HOUR,
      p95: 200,
      samples: 10,
      before: 100,
      beforeSamples: 10,
    });
  });

  it("puts the hours of a week together, weighted by their samples", () => {
    const window = [...hours(1, START, () => 100, 30), ...hours(167, START + HOUR, () => 200, 10)];
    const points = arrangePoints(judged(window), WEEK);
    expect(points).toHaveLength(24);
    expect(points[0]?.p95).toBeCloseTo((100 * 30 + 200 * 60) / 90);
  });

  it("takes the day before where that hour of last week had no samples", () => {
    const points = arrangePoints(
      judged(
        hours(1, START, () => 200),
        hours(1, START - 24 * HOUR, () => 150),
      ),
      WEEK,
    );
    expect(points[0]?.before).toBe(150);
  });

  it("leaves out hours without samples, and the second line where it has gaps", () => {
    const window = hours(6, START, (index) => (index === 2 ? null : 100));
    const chart = drawChart(
      arrangePoints(
        judged(
          window,
          hours(3, START - WEEK, () => 90),
        ),
        WEEK,
      ),
      { since: "before" },
    );
    expect(chart.match(/line \[/g)).toHaveLength(1);
    expect(chart).toContain("line [100, 100, 100, 100, 100]");
    expect(chart).toContain("0 --> 110");
  });

  it("is none for two hours", () => {
    expect(drawChart(arrangePoints(judged(hours(2, START, () => 100)), WEEK), { since: "before" })).toBe("");
  });

  it("has a table of the same points, with hours without samples", () => {
    const rows = pointsTable(
      arrangePoints(judged(hours(2, START, (index) => (index === 0 ? 12.6 : null))), WEEK),
    );
    expect(rows.split("\n").slice(2)).toEqual([
      "| 2026-11-20 00:00 | 13 | 10 |  | 0 |",
      "| 2026-11-20 01:00 |  | 0 |  | 0 |",
    ]);
  });
});
