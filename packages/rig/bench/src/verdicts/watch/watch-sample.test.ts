import { describe, expect, test } from "vitest";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import { runWatchCell } from "./run-watch-cell.ts";
import { WATCH_CELLS } from "./watch-cells.ts";
import { compareWatchTargets } from "./watch-targets.ts";

/** A small sample of `npm run bench:watch`. */
const TRIALS = 60;
const NAMES = [
  "one by one, 0.5/h, 100 % back after 72 h",
  "daily cycle, 5/h, 33 % back after 24 h",
  "one by one, 1/h, 5 % left",
  "1/h, nothing left, 3 late errors of old clients that name their release",
];
const CELLS = WATCH_CELLS.filter(({ name }) => NAMES.includes(name));

const run = (detect: Detector, name: string) => {
  const cell = CELLS.find((each) => each.name === name);
  if (cell === undefined) throw new RangeError(`There is no case named "${name}".`);
  return runWatchCell(detect, cell, TRIALS, 1);
};
const missed = (detect: Detector) =>
  CELLS.flatMap((cell) => compareWatchTargets(runWatchCell(detect, cell, TRIALS, 1)))
    .filter(({ met }) => !met)
    .map(({ what }) => what);

describe(`${TRIALS} incidents a case, watched after their close`, () => {
  test("the shipped watch keeps every promise of these cases", () => {
    expect(missed(DETECTORS.shipped)).toEqual([]);
  });

  test("a watch that the first error reopens breaks those about what is not back", () => {
    expect(missed(DETECTORS["first event"])).toEqual([
      "back, with at most 5 % left",
      "back, for late errors of old clients",
    ]);
  });

  test("a watch that always says away breaks those about what is", () => {
    expect(missed(() => "away")).toEqual([
      "whole relapse found within 24 h of its fifth error",
      "looks at a relapse that say still away",
      "relapse to a third found within 3 days",
      "looks at a relapse that say still away",
    ]);
  });

  test("what is found before a relapse begins does not count as finding it", () => {
    const { falselyBack, within5Days } = run(() => "back", "one by one, 0.5/h, 100 % back after 72 h");
    expect([falselyBack, within5Days]).toEqual([0, TRIALS]);
    const early = run(({ seen }) => (seen > 0 ? "back" : "away"), "one by one, 1/h, 5 % left");
    expect(early.falselyBack).toBe(TRIALS);
  });

  test("the same seed gives the same figures, and another seed other ones", () => {
    const [cell] = CELLS;
    const figures = (seed: number) => cell && runWatchCell(DETECTORS.shipped, cell, TRIALS, seed);
    expect(figures(1)).toEqual(figures(1));
    expect(figures(1)).not.toEqual(figures(2));
  });
});
