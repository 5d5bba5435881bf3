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

export type ContestantFigures = {
  readonly name: string;
  readonly mistakes: { readonly [What in Mistake]: Share };
  /**
   * Median hours until what is true was said, over all histories in which it is; null: mostly it never was; absent: it
   * never is true.
   */
  readonly medianHours?: number | null;
  /** Against our rule, history by history. */
  readonly wrong: Duel;
  readonly later: Duel;
};

export type ArenaFigures = {
  readonly cell: ArenaCell;
  readonly trials: number;
  /** Our rule first. */
  readonly contestants: readonly ContestantFigures[];
};

/** @param ended for each history how it ended for each of the contestants */
export function sumUpEndings(
  contestants: readonly { readonly name: string }[],
  ended: readonly (readonly Ending[])[],
): ContestantFigures[] {
  return contestants.map(({ name }, index) => {
    const endings = ended.flatMap((history) => history[index] ?? []);
    const ours = ended.flatMap((history) => history[0] ?? []);
    const delays = endings.flatMap(({ hours }) => (hours === undefined ? [] : [hours]));
    return {
      name,
      mistakes: countMistakes(endings),
      ...(delays.length > 0 && { medianHours: medianOver(delays) }),
      wrong: compareBy(({ made }) => (made === null ? 0 : 1), ours, endings),
      later: compareBy(({ hours }) => (hours === null ? Number.POSITIVE_INFINITY : hours), ours, endings),
    };
  });
}

const medianOver = (delays: readonly (number | null)[]): number | null =>
  upperMedian(
    delays.flatMap((hours) => hours ?? []),
    delays.length,
  );

function countMistakes(endings: readonly Ending[]): ContestantFigures["mistakes"] {
  const share = (mistake: Mistake): [Mistake, Share] => [
    mistake,
    {
      count: endings.filter(({ made }) => made === mistake).length,
      of: endings.filter(({ open }) => open.includes(mistake)).length,
    },
  ];
  return Object.fromEntries(MISTAKES.map(share)) as ContestantFigures["mistakes"];
}

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
