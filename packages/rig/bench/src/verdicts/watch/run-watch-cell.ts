import { deriveSeed, seededRandom } from "../draws.ts";
import { upperMedian } from "../outcome.ts";
import type { Detector, Said } from "./detector.ts";
import { followWatch, type WatchTrial } from "./follow-watch.ts";
import { returnsAt, type WatchCell } from "./watch-cells.ts";

/** How the trials of one cell ended. */
export type WatchFigures = {
  readonly cell: WatchCell;
  readonly trials: number;
  /** Called back although nothing had come back, also before a relapse began. */
  readonly falselyBack: number;
  /** Of relapses: found within 24 h of the fifth error, and within days of their beginning. */
  readonly within24Hours: number;
  readonly within3Days: number;
  readonly within5Days: number;
  /** Median hours from the beginning of a relapse until it was found, over all trials; null: most were not. */
  readonly medianHours: number | null;
  /** Looks over a relapse that is old enough to be seen, and those of them at which it was "still away". */
  readonly looksOverRelapse: number;
  readonly awayOverRelapse: number;
  /** What was said at the end of the days. */
  readonly last: { readonly [What in Said]: number };
};

/** Runs the trials of one cell. The same seed draws the same incidents for every detector. */
export function runWatchCell(detect: Detector, cell: WatchCell, trials: number, seed: number): WatchFigures {
  const random = seededRandom(deriveSeed({ name: cell.name }, seed));
  const ended = Array.from({ length: trials }, () => followWatch(detect, cell, random));
  const begins = returnsAt(cell);
  const count = (holds: (trial: WatchTrial) => boolean) => ended.filter(holds).length;
  const delays = ended.flatMap(({ foundAt }) =>
    foundAt !== null && foundAt > begins ? [foundAt - begins] : [],
  );
  return {
    cell,
    trials,
    falselyBack: count(({ foundAt }) => foundAt !== null && foundAt <= begins),
    within24Hours: count(({ foundAt, fifthAt }) => isWithin(foundAt, begins, (fifthAt ?? 0) + 24)),
    within3Days: count(({ foundAt }) => isWithin(foundAt, begins, begins + 72)),
    within5Days: count(({ foundAt }) => isWithin(foundAt, begins, begins + 120)),
    medianHours: upperMedian(delays, trials),
    looksOverRelapse: sum(ended.map((trial) => trial.looksOverRelapse)),
    awayOverRelapse: sum(ended.map((trial) => trial.awayOverRelapse)),
    last: {
      back: count(({ last }) => last === "back"),
      tenth: count(({ last }) => last === "tenth"),
      away: count(({ last }) => last === "away"),
      "cannot tell": count(({ last }) => last === "cannot tell"),
    },
  };
}

const isWithin = (foundAt: number | null, after: number, until: number): boolean =>
  foundAt !== null && foundAt > after && foundAt <= until;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
