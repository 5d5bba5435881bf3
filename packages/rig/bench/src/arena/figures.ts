import { upperMedian } from "../verdicts/outcome.ts";
import type { Share } from "../verdicts/share.ts";
import { type Ending, MISTAKES, type Mistake } from "./endings.ts";

/** Incidents at one rate: of a world, from the deploy on; or of a pattern, from the close on. */
export type ArenaCell = {
  readonly from: "deploy" | "close";
  readonly name: string;
  readonly perHour: number;
};

/** For people: the world, or what is closed. */
export const nameArenaCell = ({ from, name }: Pick<ArenaCell, "from" | "name">): string =>
  from === "deploy" ? name : `90 days after a close, ${name}`;

/** Histories in which only one of two did worse: was wrong, or was later. */
export type Duel = { readonly ours: number; readonly theirs: number };

type Mistakes = { readonly [What in Mistake]: Share };

export type ContestantFigures = {
  readonly name: string;
  readonly mistakes: Mistakes;
  /** Hours until what is true was said, of all histories in which it is; null: it never was. */
  readonly delays: readonly (number | null)[];
  /** Against our rule, history by history. */
  readonly wrong: Duel;
  readonly later: Duel;
};

export type ArenaFigures = {
  readonly cell: ArenaCell;
  /** Our rule first. */
  readonly contestants: readonly ContestantFigures[];
};

/** @param ended for each trial, for each of the contestants, how its histories ended */
export function sumUpEndings(
  contestants: readonly { readonly name: string }[],
  ended: readonly (readonly (readonly Ending[])[])[],
): ContestantFigures[] {
  return contestants.map(({ name }, index) => {
    const endings = ended.flatMap((trial) => trial[index] ?? []);
    const ours = ended.flatMap((trial) => trial[0] ?? []);
    return {
      name,
      mistakes: countEach((mistake) => ({
        count: endings.filter(({ made }) => made === mistake).length,
        of: endings.filter(({ open }) => open.includes(mistake)).length,
      })),
      delays: endings.flatMap(({ hours }) => (hours === undefined ? [] : [hours])),
      wrong: compareBy(({ made }) => (made === null ? 0 : 1), ours, endings),
      later: compareBy(({ hours }) => (hours === null ? Number.POSITIVE_INFINITY : hours), ours, endings),
    };
  });
}

/** The figures of several cells together. */
export function poolCells(cells: readonly ArenaFigures[]): ContestantFigures[] {
  const names = cells[0]?.contestants.map(({ name }) => name) ?? [];
  return names.map((name, index) => {
    const its = cells.flatMap(({ contestants }) => contestants[index] ?? []);
    return {
      name,
      mistakes: countEach((mistake) => poolShares(its.map(({ mistakes }) => mistakes[mistake]))),
      delays: its.flatMap(({ delays }) => delays),
      wrong: poolDuels(its.map(({ wrong }) => wrong)),
      later: poolDuels(its.map(({ later }) => later)),
    };
  });
}

/** @returns null: in most histories it was never said; undefined: there is none in which it is true */
export const medianDelay = ({ delays }: ContestantFigures): number | null | undefined =>
  delays.length === 0
    ? undefined
    : upperMedian(
        delays.flatMap((hours) => hours ?? []),
        delays.length,
      );

const countEach = (count: (mistake: Mistake) => Share): Mistakes =>
  Object.fromEntries(MISTAKES.map((mistake) => [mistake, count(mistake)])) as Mistakes;

export const poolShares = (shares: readonly Share[]): Share => ({
  count: shares.reduce((sum, { count }) => sum + count, 0),
  of: shares.reduce((sum, { of }) => sum + of, 0),
});

const poolDuels = (duels: readonly Duel[]): Duel => ({
  ours: duels.reduce((sum, { ours }) => sum + ours, 0),
  theirs: duels.reduce((sum, { theirs }) => sum + theirs, 0),
});

/** @param cost of an ending; undefined: it cannot be compared */
function compareBy(
  cost: (ending: Ending) => number | undefined,
  ours: readonly Ending[],
  theirs: readonly Ending[],
): Duel {
  const pairs = ours.flatMap((ending, i) => {
    const other = theirs[i];
    return other === undefined ? [] : [[cost(ending), cost(other)] as const];
  });
  const count = (isWorse: (our: number, their: number) => boolean) =>
    pairs.filter(([our, their]) => our !== undefined && their !== undefined && isWorse(our, their)).length;
  return { ours: count((our, their) => our > their), theirs: count((our, their) => their > our) };
}
