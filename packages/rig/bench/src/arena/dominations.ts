import { ONE_IN_100_000, wilsonInterval } from "../verdicts/share.ts";
import { whyDeclared } from "./declared-dominations.ts";
import { MISTAKES } from "./endings.ts";
import {
  type ArenaFigures,
  type ContestantFigures,
  type Duel,
  medianDelay,
  nameArenaCell,
  poolCells,
  poolShares,
} from "./figures.ts";

/** A rival that has both fewer mistakes than our rule and less delay. */
export type Domination = {
  readonly where: string;
  /** null: over all rates of the world. */
  readonly perHour: number | null;
  readonly ours: ContestantFigures;
  readonly rival: ContestantFigures;
  /** Chance brings either in less than 1 of 100,000 cases. */
  readonly isProven: boolean;
};

/** Each world over all its rates, and each of its rates. */
export function findDominations(figures: readonly ArenaFigures[]): Domination[] {
  const worlds = [...Map.groupBy(figures, ({ cell }) => nameArenaCell(cell))];
  return worlds.flatMap(([where, cells]) => [
    ...compareAll(poolCells(cells), { where, perHour: null }),
    ...cells.flatMap(({ cell, contestants }) => compareAll(contestants, { where, perHour: cell.perHour })),
  ]);
}

function compareAll(
  [ours, ...rivals]: readonly ContestantFigures[],
  place: Pick<Domination, "where" | "perHour">,
): Domination[] {
  if (ours === undefined) return [];
  return rivals.flatMap((rival) => {
    const isBetter = countWrong(rival) < countWrong(ours) && isSooner(rival, ours);
    const isProven = isOursWorse(rival.wrong) && isOursWorse(rival.later);
    return isBetter ? [{ ...place, ours, rival, isProven }] : [];
  });
}

/** A world may be lost at a rate by chance, but neither by proof nor over all its rates unless that is declared. */
export const isUndeclared = ({ where, perHour, ours, rival, isProven }: Domination): boolean =>
  (perHour === null || isProven) && whyDeclared(where, rival.name, ours) === undefined;

function isSooner(rival: ContestantFigures, ours: ContestantFigures): boolean {
  const its = medianDelay(rival);
  return typeof its === "number" && its < (medianDelay(ours) ?? Number.POSITIVE_INFINITY);
}

/** A sign test: of the histories in which one did worse, it was ours in more than half. */
function isOursWorse({ ours, theirs }: Duel): boolean {
  const [least] = wilsonInterval({ count: ours, of: ours + theirs }, ONE_IN_100_000);
  return least > 0.5;
}

/** Mistakes of all kinds. */
export const countWrong = ({ mistakes }: ContestantFigures): number =>
  poolShares(MISTAKES.map((mistake) => mistakes[mistake])).count;
