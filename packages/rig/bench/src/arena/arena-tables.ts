import { markdownTable } from "markdown-table";
import { percent, type Share } from "../verdicts/share.ts";
import type { Contestant } from "./contestant.ts";
import { MISTAKES } from "./endings.ts";
import type { ArenaFigures, ContestantFigures } from "./figures.ts";
import { whyKnown } from "./known-upsets.ts";
import { countWrong, type Upset } from "./upsets.ts";

/** Who judges, and by which rule. */
export function describeContestants(contestants: readonly Contestant[]): string {
  return markdownTable([["who", "rule"], ...contestants.map(({ name, rule }) => [name, rule])]);
}

/** Mistakes over all rates, and the median delay at each of them: a table for each world. */
export function describeArena(figures: readonly ArenaFigures[]): string {
  const worlds = Object.entries(Object.groupBy(figures, ({ cell }) => cell.name));
  return worlds.map(([name, cells = []]) => `### ${name}\n\n${worldTable(cells)}`).join("\n\n");
}

function worldTable(cells: readonly ArenaFigures[]): string {
  const rates = cells.map(({ cell }) => `${cell.perHour}/h`);
  const rows = tallyMistakes(cells).map((row, index) => [
    ...row,
    ...cells.map(({ contestants }) => hoursText(contestants[index]?.medianHours ?? null)),
  ]);
  return markdownTable([["", ...MISTAKES, ...rates], ...rows]);
}

/** Everybody's mistakes over all worlds. */
export function describeAll(figures: readonly ArenaFigures[]): string {
  return markdownTable([["", ...MISTAKES], ...tallyMistakes(figures)]);
}

/** A row for each contestant. */
function tallyMistakes(cells: readonly ArenaFigures[]): string[][] {
  const names = cells[0]?.contestants.map(({ name }) => name) ?? [];
  return names.map((name, index) => {
    const each = cells.flatMap(({ contestants }) => contestants[index] ?? []);
    return [
      name,
      ...MISTAKES.map((what) => shareText(addShares(each.map(({ mistakes }) => mistakes[what])))),
    ];
  });
}

const addShares = (shares: readonly Share[]): Share =>
  shares.reduce((sum, share) => ({ count: sum.count + share.count, of: sum.of + share.of }));

const shareText = ({ count, of }: Share): string => (of === 0 ? "" : percent(count / of));

const hoursText = (hours: number | null): string => (hours === null ? "never" : `${hours.toFixed(1)} h`);

/** Where a rival was better: what is proven comes first. */
export function describeUpsets(upsets: readonly Upset[]): string {
  const rows = upsets
    .toSorted((a, b) => Number(b.isProven) - Number(a.isProven))
    .map(({ cell, ours, rival, isProven }) => [
      `${cell.name}; ${cell.perHour}/h`,
      rival.name,
      against(ours, rival, (figures) => `${countWrong(figures)}`),
      against(ours, rival, ({ medianHours }) => hoursText(medianHours)),
      isProven ? "proven" : "",
      whyKnown(cell, rival.name) ?? "",
    ]);
  return markdownTable([
    ["where", "rival", "mistakes, ours : its", "median, ours : its", "", "known"],
    ...rows,
  ]);
}

const against = (
  ours: ContestantFigures,
  rival: ContestantFigures,
  text: (figures: ContestantFigures) => string,
): string => `${text(ours)} : ${text(rival)}`;
