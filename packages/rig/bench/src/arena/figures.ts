import { upperMedian } from "../verdicts/outcome.ts";
import type { Share } from "../verdicts/share.ts";
import { type Ending, MISTAKES, type Mistake } from "./endings.ts";

/** A world at one rate. */
export type ArenaCell = { readonly name: string; readonly perHour: number };

/** Histories in which only one of two did worse: was wrong, or was later. */
export type Duel = { readonly ours: number; readonly theirs: number };

export type ContestantFigures = {
  readonly name: string;
  readonly mistakes: { readonly [What in Mistake]: Share };
  /** Median hours until what is true was said, over all histories in which it is; null: mostly it never was. */
  readonly medianHours: number | null;
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
      medianHours: upperMedian(
        delays.flatMap((hours) => hours ?? []),
        delays.length,
      ),
      wrong: compareBy(({ made }) => (made === null ? 0 : 1), ours, endings),
      later: compareBy(
        ({ hours }) => (hours === null ? Number.POSITIVE_INFINITY : (hours ?? 0)),
        ours,
        endings,
      ),
    };
  });
}

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

function compareBy(
  cost: (ending: Ending) => number,
  ours: readonly Ending[],
  theirs: readonly Ending[],
): Duel {
  const worse = (some: readonly Ending[], others: readonly Ending[]) =>
    some.filter((ending, i) => {
      const other = others[i];
      return other !== undefined && cost(ending) > cost(other);
    }).length;
  return { ours: worse(ours, theirs), theirs: worse(theirs, ours) };
}
