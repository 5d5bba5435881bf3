import { HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLevelChange, findStretch } from "./onset.ts";

const START = Date.parse("2026-11-12T00:00:00Z");
const HOURS = 8 * 24;
const FROM = START + 7 * 24 * HOUR;
const series = (p95: (hour: number) => number | null) =>
  Array.from({ length: HOURS }, (_, hour) => ({
    at: START + hour * HOUR,
    samples: 100,
    p95: p95(hour),
    above: null,
  }));
const at = (hour: number): number => START + hour * HOUR;
const cycle = (hour: number): number => 100 * (1 + 0.6 * Math.sin((hour / 24) * 2 * Math.PI));
const noise = (hour: number): number => 1 + 0.05 * Math.sin(hour * 12.9898);

describe("the hour at which an operation became slow", () => {
  it("is found although every day has its own rhythm", () => {
    const slow = series((hour) => cycle(hour) * noise(hour) * (hour >= 180 ? 2 : 1));
    expect(findLevelChange(slow, FROM, 1.15)?.at).toBe(at(180));
  });

  it("is found before the window", () => {
    const slow = series((hour) => cycle(hour) * noise(hour) * (hour >= 130 ? 2 : 1));
    expect(findLevelChange(slow, FROM, 1.15)?.at).toBe(at(130));
  });

  it("is none where only the day turns", () => {
    expect(
      findLevelChange(
        series((hour) => cycle(hour) * noise(hour)),
        FROM,
        1.15,
      ),
    ).toBeNull();
  });

  it("lies within the series, whatever that is", () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 10_000 })), {
      minLength: HOURS,
      maxLength: HOURS,
    });
    fc.assert(
      fc.property(values, (found) => {
        const change = findLevelChange(
          series((hour) => found[hour] ?? null),
          FROM,
          1.15,
        );
        if (change !== null) expect([change.at >= at(0), change.at <= at(HOURS - 1)]).toEqual([true, true]);
      }),
    );
  });
});

describe("the stretch at the end of the window", () => {
  const last = (slow: (hour: number) => boolean) => series((hour) => (slow(hour) ? 300 : 100) * noise(hour));

  it("begins with the first hour above the middle", () => {
    const found = last((hour) => hour >= 189);
    expect(findStretch(found, 100, FROM, 1.5)).toBe(at(189));
  });

  it("is none where the end of the window is fast again", () => {
    const found = last((hour) => hour >= 180 && hour < 189);
    expect(findStretch(found, 100, FROM, 1.5)).toBeNull();
  });

  it("is none where it began before the window", () => {
    const found = last((hour) => hour >= 160);
    expect(findStretch(found, 100, FROM, 1.5)).toBeNull();
  });
});
