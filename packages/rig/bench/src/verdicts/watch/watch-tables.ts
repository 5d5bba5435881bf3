import { markdownTable } from "markdown-table";
import { percent } from "../share.ts";
import type { WatchFigures } from "./run-watch-cell.ts";
import { returnsAt } from "./watch-cells.ts";

/** All cells of the watch as Markdown: what came back, and what did not. */
export function describeWatch(figures: readonly WatchFigures[]): string {
  return [
    "### It comes back: found within 24 h of the fifth error / 3 days / 5 days, and the median time\n",
    markdownTable([
      ["case", "24 h", "3 days", "5 days", "median", "still away, said over it"],
      ...figures.filter(({ cell }) => Number.isFinite(returnsAt(cell))).map(describeBack),
    ]),
    "\n### It does not come back: called back within 90 days, and what is said at their end\n",
    markdownTable([
      ["case", "back", "tenth", "away", "cannot tell"],
      ...figures.filter(({ cell }) => !Number.isFinite(returnsAt(cell))).map(describeLeft),
    ]),
  ].join("\n");
}

function describeBack({ cell, trials, ...found }: WatchFigures): string[] {
  const shares = [found.within24Hours, found.within3Days, found.within5Days];
  return [
    cell.name,
    ...shares.map((count) => percent(count / trials)),
    found.medianHours === null ? "not found" : `${found.medianHours} h`,
    found.looksOverRelapse === 0 ? "" : percent(found.awayOverRelapse / found.looksOverRelapse),
  ];
}

function describeLeft({ cell, trials, falselyBack, last }: WatchFigures): string[] {
  const shares = [falselyBack, last.tenth, last.away, last["cannot tell"]];
  return [cell.name, ...shares.map((count) => percent(count / trials))];
}
