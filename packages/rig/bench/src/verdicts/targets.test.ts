import { describe, expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import type { CellFigures } from "./run-cell.ts";
import { compareTargets, compareUnpromised, shareTarget } from "./targets.ts";

const figures = (cell: Partial<Cell>, change: Partial<CellFigures> = {}): CellFigures => ({
  cell: { pattern: "poisson", exposure: "true", residue: 1, perHour: 1, ...cell },
  trials: 1_000,
  recovered: 0,
  recoveredAtCap: 0,
  failing: 1_000,
  medianHours: null,
  eta: null,
  ...change,
});
const missed = (of: CellFigures) => compareTargets(of).flatMap(({ met, what }) => (met ? [] : [what]));

describe("what a cell is held to", () => {
  test("recovered with nothing fixed in 14 of 1,000 may be chance where 5 are promised, 15 are not", () => {
    expect(missed(figures({}, { recoveredAtCap: 14 }))).toEqual([]);
    expect(missed(figures({}, { recoveredAtCap: 15 }))).toEqual(["recovered with nothing fixed"]);
  });

  test("bursts under noisy traffic may be taken for a fix in 1 % of trials", () => {
    const noisy = { pattern: "clumped", exposure: "noisy" } as const;
    expect(missed(figures(noisy, { recoveredAtCap: 23 }))).toEqual([]);
    expect(missed(figures(noisy, { recoveredAtCap: 24 }))).toEqual(["recovered with nothing fixed"]);
  });

  test("a false verdict after 48 h counts too", () => {
    expect(missed(figures({}, { recovered: 0, recoveredAtCap: 15 }))).toEqual([
      "recovered with nothing fixed",
    ]);
  });

  test("power counts within 48 h only, and with it the median", () => {
    const late = figures({ residue: 0 }, { recovered: 900, recoveredAtCap: 1_000, medianHours: 15.1 });
    expect(missed(late)).toEqual(["recovered with all of it fixed, within 48 h", "median time to recovered"]);
  });

  test("an ETA more than 5 % off in a single trial is missed where traffic repeats", () => {
    const fixed = { recovered: 1_000, recoveredAtCap: 1_000, medianHours: 11 };
    const eta = { trials: 1_000, median: 0, worst: 0.06 };
    expect(missed(figures({ residue: 0 }, { ...fixed, eta }))).toEqual([
      "error of the first ETA, the worst of all trials",
    ]);
    expect(missed(figures({ residue: 0, exposure: "noisy" }, { ...fixed, eta }))).toEqual([]);
  });

  test("a steady world has 1.45 times the least wait that the promise allows, any other its own time", () => {
    const slow = { recovered: 1_000, recoveredAtCap: 1_000, medianHours: 11.1 };
    expect(missed(figures({ residue: 0 }, slow))).toEqual(["median time to recovered"]);
    expect(missed(figures({ residue: 0, pattern: "daily" }, slow))).toEqual([]);
    const undecided = { recovered: 990, recoveredAtCap: 1_000, medianHours: null };
    expect(missed(figures({ residue: 0, perHour: 0.25 }, undecided))).toEqual(["median time to recovered"]);
  });

  test("nothing is promised where traffic is not counted, and what is wrong there is listed", () => {
    const clock = (recoveredAtCap: number) => figures({ exposure: "clock" }, { recoveredAtCap });
    expect(compareTargets(clock(1_000))).toEqual([]);
    expect(compareUnpromised(clock(1_000)).map(({ what }) => what)).toEqual(["recovered with nothing fixed"]);
    expect(compareUnpromised(clock(10))).toEqual([]);
  });

  test("what is promised is not listed again as if it were not", () => {
    expect(compareUnpromised(figures({}, { recoveredAtCap: 1_000 }))).toEqual([]);
  });
});

test("a target shows its figure, its interval and its limit", () => {
  expect(shareTarget("cell", "power", { count: 70, of: 100 }, { atLeast: 0.95 })).toEqual({
    subject: "cell",
    what: "power",
    value: 0.7,
    sense: "at least",
    figure: "70.0 %",
    interval: "60.4 % to 78.1 %",
    limit: ">= 95.0 %",
    met: false,
  });
});
