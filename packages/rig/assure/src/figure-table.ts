import { markdownTable } from "markdown-table";
import type { Figure } from "./figure.ts";
import { judgeFigure } from "./make-figure.ts";

const HEAD = ["figure", "goal", "seen", "", "sample", "interval", "command"];

/** The table that `npm run assure` prints. */
export const figureTable = (figures: readonly Figure[]): string =>
  markdownTable([
    HEAD,
    ...figures.map((figure) => [
      figure.figure,
      figure.goal,
      figure.seen,
      judgeFigure(figure),
      figure.sample,
      figure.interval ?? "",
      figure.command,
    ]),
  ]);
