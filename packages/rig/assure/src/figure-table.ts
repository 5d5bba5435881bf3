import { markdownTable } from "markdown-table";
import type { FigureLine } from "./figure.ts";
import { judgeFigure } from "./make-figure.ts";

const HEAD = ["figure", "goal", "seen", "", "sample", "interval", "command"];

/** A bar in a cell opens no other. */
const escapeBars = (cell: string): string => cell.replaceAll("|", "\\|");

/** The table that `npm run assure` prints. */
export const figureTable = (figures: readonly FigureLine[]): string =>
  markdownTable([
    HEAD,
    ...figures.map((figure) =>
      [
        figure.figure,
        figure.goal,
        figure.seen,
        judgeFigure(figure),
        figure.sample,
        figure.interval ?? "",
        figure.command,
      ].map(escapeBars),
    ),
  ]);
