import { markdownTable } from "markdown-table";
import { percent, type Share } from "../verdicts/share.ts";
import type { Contestant } from "./contestant.ts";
import { MISTAKES, type Mistake } from "./endings.ts";
import {
  type ArenaCell,
  type ArenaFigures,
  type ContestantFigures,
  medianDelay,
  nameArenaCell,
  poolCells,
  poolShares,
} from "./figures.ts";

/** Who judges, and by which rule. */
export function describeContestants(contestants: readonly Contestant[]): string {
  return markdownTable([["", "rule"], ...contestants.map(({ name, rule }) => [name, rule])]);
}

const FALSE_RECOVERED: readonly Mistake[] = ["nothing fixed", "half left", "a quarter left"];

/** What comes first in a row, by where the histories begin. */
const WRONG: { readonly [From in ArenaCell["from"]]: readonly Mistake[] } = {
  deploy: FALSE_RECOVERED,
  close: ["false alarm"],
};

/** A row for each world: what was said wrongly, the relapses missed, and the median delay, over all rates. */
export function compareWorlds(figures: readonly ArenaFigures[], from: ArenaCell["from"]): string {
  const worlds = [
    ...Map.groupBy(
      figures.filter(({ cell }) => cell.from === from),
      ({ cell }) => cell.name,
    ),
  ];
  const names = figures[0]?.contestants.map(({ name }) => name) ?? [];
  const rows = worlds.map(([name, cells]) => [
    name,
    ...poolCells(cells).map((its) =>
      [
        shareText(poolShares(WRONG[from].map((what) => its.mistakes[what]))),
        shareText(its.mistakes["relapse missed"]),
        medianText(its),
      ].join(" / "),
    ),
  ]);
  return markdownTable([["", ...names], ...rows]);
}

/** A table for each world: everybody's mistakes over all rates, and the median delay at each. */
export function describeRates(figures: readonly ArenaFigures[]): string {
  const worlds = [...Map.groupBy(figures, ({ cell }) => nameArenaCell(cell))];
  return worlds.map(([name, cells]) => `### ${name}\n\n${ratesTable(cells)}`).join("\n\n");
}

function ratesTable(cells: readonly ArenaFigures[]): string {
  const rates = cells.map(({ cell }) => `${cell.perHour}/h`);
  const rows = tallyMistakes(cells).map((row, index) => [
    ...row,
    ...cells.flatMap(({ contestants }) => contestants.slice(index, index + 1).map(medianText)),
  ]);
  return markdownTable([["", ...MISTAKES, ...rates], ...rows]);
}

/** Everybody's mistakes over all cells. */
export function describeMistakes(figures: readonly ArenaFigures[]): string {
  return markdownTable([["", ...MISTAKES], ...tallyMistakes(figures)]);
}

/** A row for each contestant. */
const tallyMistakes = (cells: readonly ArenaFigures[]): string[][] =>
  poolCells(cells).map(({ name, mistakes }) => [name, ...MISTAKES.map((what) => shareText(mistakes[what]))]);

/** A dash where the mistake could not be made. */
const shareText = ({ count, of }: Share): string => (of === 0 ? "–" : percent(count / of));

export function medianText(figures: ContestantFigures): string {
  const hours = medianDelay(figures);
  if (hours === undefined) return "–";
  return hours === null ? "never" : `${hours.toFixed(1)} h`;
}
