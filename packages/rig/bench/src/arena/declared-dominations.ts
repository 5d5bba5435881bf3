import { type ContestantFigures, medianDelay } from "./figures.ts";
import { sentryAutoResolve } from "./rivals/quiet-rivals.ts";

/** A rival that may do better than our rule; docs/verdicts.md names the worlds in which it does. */
type Declared = {
  readonly rival: string;
  readonly where: (ours: ContestantFigures) => boolean;
  readonly why: string;
};

const DECLARED: readonly Declared[] = [
  {
    rival: sentryAutoResolve.name,
    where: (ours) => medianDelay(ours) === null,
    why: "ours asks a person at its cap of 2 or 3 days; it waits for a week",
  },
];

/** Why it is accepted that a rival does better; undefined: it is not. */
export const whyDeclared = (rival: string, ours: ContestantFigures): string | undefined =>
  DECLARED.find((each) => each.rival === rival && each.where(ours))?.why;
