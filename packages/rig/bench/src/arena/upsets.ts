import { ONE_IN_100_000, wilsonInterval } from "../verdicts/share.ts";
import { MISTAKES } from "./endings.ts";
import type { ArenaCell, ArenaFigures, ContestantFigures, Duel } from "./figures.ts";

/** A rival that did better than our rule in a cell: no more mistakes, and less delay. */
export type Upset = {
  readonly cell: ArenaCell;
  readonly ours: ContestantFigures;
  readonly rival: ContestantFigures;
  /** It made fewer mistakes and was sooner, which chance brings in less than 1 of 100,000 cases each. */
  readonly isProven: boolean;
};

export function findUpsets({ cell, contestants: [ours, ...rivals] }: ArenaFigures): Upset[] {
  if (ours === undefined) return [];
  return rivals.flatMap((rival) => {
    const isProven = isOursWorse(rival.wrong) && isOursWorse(rival.later);
    const isAhead = rival.wrong.theirs <= rival.wrong.ours && isSooner(rival, ours);
    return isProven || isAhead ? [{ cell, ours, rival, isProven }] : [];
  });
}

/** A sign test: of the histories in which one did worse, it was ours in more than half. */
function isOursWorse({ ours, theirs }: Duel): boolean {
  const [least] = wilsonInterval({ count: ours, of: ours + theirs }, ONE_IN_100_000);
  return least > 0.5;
}

function isSooner({ medianHours: its }: ContestantFigures, ours: ContestantFigures): boolean {
  return typeof its === "number" && its < (ours.medianHours ?? Number.POSITIVE_INFINITY);
}

/** Mistakes of all kinds. */
export const countWrong = ({ mistakes }: ContestantFigures): number =>
  MISTAKES.reduce((sum, mistake) => sum + mistakes[mistake].count, 0);
