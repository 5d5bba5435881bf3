import { markdownTable } from "markdown-table";
import { medianText } from "./arena-tables.ts";
import { nameArenaCell } from "./figures.ts";
import { whyKnown } from "./known-upsets.ts";
import { countWrong, type Upset } from "./upsets.ts";

/** A row for each rival that did better in a world; those that are proven come first. */
export function describeUpsets(upsets: readonly Upset[]): string {
  const groups = [
    ...Map.groupBy(upsets, ({ cell, rival }) => `${nameArenaCell(cell)} / ${rival.name}`).values(),
  ];
  const rows = groups
    .toSorted((a, b) => countProven(b) - countProven(a))
    .flatMap((group) => (group[0] ? [upsetRow(group[0], group)] : []));
  return markdownTable([
    ["where", "rival", "rates", "mistakes, ours : its", "median, ours : its", "accepted"],
    ...rows,
  ]);
}

function upsetRow({ cell, rival }: Upset, upsets: readonly Upset[]): string[] {
  return [
    nameArenaCell(cell),
    rival.name,
    upsets.map((upset) => `${upset.cell.perHour}/h${upset.isProven ? " (proven)" : ""}`).join(", "),
    upsets.map((upset) => `${countWrong(upset.ours)} : ${countWrong(upset.rival)}`).join(", "),
    upsets
      .map((upset) => `${medianText(upset.ours.medianHours)} : ${medianText(upset.rival.medianHours)}`)
      .join(", "),
    whyKnown(cell, rival.name) ?? "",
  ];
}

const countProven = (upsets: readonly Upset[]): number => upsets.filter(({ isProven }) => isProven).length;
