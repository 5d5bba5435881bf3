import { describe, expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import { simulateCell } from "./run-cell.ts";
import { percent } from "./share.ts";

/** A small sample of `npm run bench:verdicts`, so that a change that spoils the rule is seen at once. */
const TRIALS = 120;
const run = (cell: Partial<Cell>) =>
  simulateCell({ pattern: "poisson", exposure: "true", residue: 1, perHour: 2, ...cell }, TRIALS, 1);

describe(`${TRIALS} simulated incidents a cell, polled every five minutes`, () => {
  test.each([
    { pattern: "poisson", exposure: "noisy", perHour: 0.5 },
    { pattern: "clumped", exposure: "true", perHour: 20 },
    { pattern: "daily", exposure: "stopping", perHour: 5 },
  ] as const)("with nothing fixed hardly one is called recovered: %o", (cell) => {
    expect(run(cell).recoveredAtCap).toBeLessThanOrEqual(1);
  });

  test("with a quarter left of bursts at 20/h few are called recovered", () => {
    const { recoveredAtCap } = run({ pattern: "clumped", residue: 0.25, perHour: 20 });
    expect(recoveredAtCap / TRIALS, percent(recoveredAtCap / TRIALS)).toBeLessThan(0.25);
  });

  test("a full fix is seen in time, as the first ETA said", () => {
    const { recovered, medianHours, eta } = run({ pattern: "daily", residue: 0 });
    expect(recovered).toBe(TRIALS);
    expect(medianHours).toBeLessThan(9);
    expect(eta?.worst).toBeLessThan(0.05);
  });

  test("with nothing fixed it is called failing, and with a tenth left it is not", () => {
    expect(run({}).failing).toBe(TRIALS);
    expect(run({ residue: 0.1 }).failing).toBeLessThanOrEqual(1);
  });

  test("the same seed gives the same figures", () => {
    expect(run({ exposure: "noisy" })).toEqual(run({ exposure: "noisy" }));
  });
});
