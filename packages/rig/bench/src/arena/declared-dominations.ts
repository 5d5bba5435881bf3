import { type ContestantFigures, medianDelay } from "./figures.ts";
import { sentryAutoResolve, thirtyQuietMinutes, windowByRate } from "./rivals/quiet-rivals.ts";

/** Rivals that may do better than our rule; docs/verdicts.md names the worlds in which they do. */
type Declared = {
  readonly rivals: readonly string[];
  readonly covers: (where: string, ours: ContestantFigures) => boolean;
  readonly why: string;
};

const HOLIDAY = "the segment with the errors is on holiday, the project is counted";

const DECLARED: readonly Declared[] = [
  {
    rivals: [sentryAutoResolve.name],
    covers: (_, ours) => medianDelay(ours) === null,
    why: "ours gives up at its cap and asks; it waits for a week",
  },
  {
    rivals: [windowByRate.name, thirtyQuietMinutes.name],
    covers: (where) => where === HOLIDAY,
    why: "all are wrong at once; only they take any later error for a relapse",
  },
];

/** Why it is accepted that a rival does better; undefined: it is not. */
export const whyDeclared = (where: string, rival: string, ours: ContestantFigures): string | undefined =>
  DECLARED.find(({ rivals, covers }) => rivals.includes(rival) && covers(where, ours))?.why;
