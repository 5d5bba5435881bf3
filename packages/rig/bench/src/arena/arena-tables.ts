import { markdownTable } from "markdown-table";
import { percent, type Share } from "../verdicts/share.ts";
import type { Contestant } from "./contestant.ts";
import { MISTAKES } from "./endings.ts";
import { type ArenaFigures, type ContestantFigures, nameArenaCell } from "./figures.ts";

/** Who judges, and by which rule. */
export function describeContestants(contestants: readonly Contestant[]): string {
  return markdownTable([["", "rule"], ...contestants.map(({ name, rule }) => [name, rule])]);
}

/** A table for each world: everybody's mistakes over all rates, and the median delay at each. */
export function describeArena(figures: readonly ArenaFigures[]): string {
  const worlds = [...Map.groupBy(figures, ({ cell }) => nameArenaCell(cell))];
  return worlds.map(([name, cells]) => `### ${name}\n\n${worldTable(cells)}`).join("\n\n");
}

function worldTable(cells: readonly ArenaFigures[]): string {
  const rates = cells.map(({ cell }) => `${cell.perHour}/h`);
  const rows = tallyMistakes(cells).map((row, index) => [
    ...row,
    ...cells.map(({ contestants }) => medianText(contestants[index]?.medianHours)),
  ]);
  return markdownTable([["", ...MISTAKES, ...rates], ...rows]);
}

/** Everybody's mistakes over all cells. */
export function describeAll(figures: readonly ArenaFigures[]): string {
  return markdownTable([["", ...MISTAKES], ...tallyMistakes(figures)]);
}

/** A row for each contestant. */
function tallyMistakes(cells: readonly ArenaFigures[]): string[][] {
  const names = cells[0]?.contestants.map(({ name }) => name) ?? [];
  return names.map((name, index) => {
    const its = cells.flatMap(({ contestants }) => contestants[index] ?? []);
    return [name, ...MISTAKES.map((what) => shareText(its.map(({ mistakes }) => mistakes[what])))];
  });
}

/** Empty where the mistake could not be made. */
function shareText(shares: readonly Share[]): string {
  const count = shares.reduce((sum, share) => sum + share.count, 0);
  const of = shares.reduce((sum, share) => sum + share.of, 0);
  return of === 0 ? "" : percent(count / of);
}

export function medianText(hours: ContestantFigures["medianHours"]): string {
  if (hours === undefined) return "";
  return hours === null ? "never" : `${hours.toFixed(1)} h`;
}
