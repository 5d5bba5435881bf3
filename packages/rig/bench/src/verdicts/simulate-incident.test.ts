import { describe, expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import { seededRandom } from "./draws.ts";
import { simulateIncident } from "./simulate-incident.ts";

const CELL: Cell = { pattern: "poisson", exposure: "true", residue: 0.5, perHour: 5 };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const HOURS = { before: 168, after: 72 };

function meanRates(cell: Cell): [before: number, after: number] {
  const random = seededRandom(1);
  const histories = Array.from({ length: 60 }, () => simulateIncident(cell, random));
  const before = sum(histories.map(({ baseline }) => sum(baseline.events)));
  const after = sum(histories.map(({ since }) => sum(since.events)));
  return [before / (60 * HOURS.before), after / (60 * HOURS.after)];
}

describe("a simulated incident", () => {
  test.each(["poisson", "clumped", "daily"] as const)(
    "%s errors come at the cell's rate before the deploy, and at what is left of it after",
    (pattern) => {
      const [before, after] = meanRates({ ...CELL, pattern });
      expect(before).toBeGreaterThan(4.8);
      expect(before).toBeLessThan(5.2);
      expect(after / before).toBeGreaterThan(0.46);
      expect(after / before).toBeLessThan(0.54);
    },
  );

  test("bursts come together: errors are many where there is one", () => {
    const { baseline } = simulateIncident({ ...CELL, pattern: "clumped" }, seededRandom(2));
    const active = baseline.events.filter((count) => count > 0).length;
    expect(sum(baseline.events) / active).toBeGreaterThan(1.4);
  });

  test("a young one begins with its first error, half a day before the deploy", () => {
    const { baseline, baselineBeginsAtFirstEvent } = simulateIncident(
      { ...CELL, pattern: "young" },
      seededRandom(6),
    );
    expect(baseline.events.length).toBe(12 * 12);
    expect(baseline.events[0]).toBeGreaterThan(0);
    expect(baselineBeginsAtFirstEvent).toBe(true);
  });

  test("nothing comes once traffic has stopped, and the clock does not tell", () => {
    const { since, clock } = simulateIncident({ ...CELL, exposure: "clock-stopping" }, seededRandom(3));
    expect(sum(since.events.slice(24 * 12))).toBe(0);
    expect(clock).toBe(true);
    expect(since.exposure.every((x) => x === 1)).toBe(true);
  });

  test("noise changes what is told of traffic, not the errors' share of it", () => {
    const told = simulateIncident({ ...CELL, exposure: "noisy" }, seededRandom(4)).baseline.exposure;
    const mean = sum(told) / told.length;
    expect(mean).toBeGreaterThan(0.85);
    expect(mean).toBeLessThan(1.15);
    expect(Math.max(...told)).toBeGreaterThan(2);
  });

  test("a daily cycle brings nine times as much traffic at its peak as at its lowest", () => {
    const { exposure } = simulateIncident({ ...CELL, pattern: "daily" }, seededRandom(5)).baseline;
    expect(Math.max(...exposure) / Math.min(...exposure)).toBeCloseTo(9, 1);
  });
});
