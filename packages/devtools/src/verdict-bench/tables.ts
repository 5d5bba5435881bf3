import { markdownTable } from "markdown-table";
import { EXPOSURES, type Exposure, PATTERNS, type Pattern, RATES, RESIDUES } from "./cells.ts";
import type { CellFigures } from "./run-cell.ts";
import { percent } from "./share.ts";
import type { Target } from "./targets.ts";

const PATTERN_TEXT: { readonly [Name in Pattern]: string } = {
  poisson: "errors one by one, steady traffic",
  clumped: "errors in bursts, steady traffic",
  daily: "errors one by one, traffic up to nine times that of the night",
};

const EXPOSURE_TEXT: { readonly [Name in Exposure]: string } = {
  true: "traffic counted exactly",
  noisy: "traffic counted with 50 % noise from hour to hour",
  stopping: "traffic stops within a day after the deploy",
  clock: "traffic not counted",
  "clock-stopping": "traffic not counted, and stops within a day",
};

/** All cells as Markdown: one table a pattern and exposure, a row for what is left, a column for the rate. */
export function describeCells(figures: readonly CellFigures[]): string {
  const groups = PATTERNS.flatMap((pattern) =>
    EXPOSURES.map((exposure) => describeGroup(pattern, exposure, figures)),
  );
  return groups.filter((group) => group !== "").join("\n\n");
}

function describeGroup(pattern: Pattern, exposure: Exposure, figures: readonly CellFigures[]): string {
  const group = figures.filter(({ cell }) => cell.pattern === pattern && cell.exposure === exposure);
  if (group.length === 0) return "";
  const rates = RATES.filter((perHour) => group.some(({ cell }) => cell.perHour === perHour));
  const rows = RESIDUES.map((residue) => {
    const row = rates.map((perHour) =>
      group.find(({ cell }) => cell.residue === residue && cell.perHour === perHour),
    );
    return [percent(residue), ...row.map((cell) => (cell ? describeCell(cell) : ""))];
  });
  const head = ["left", ...rates.map((perHour) => `${perHour}/h`)];
  return `### ${PATTERN_TEXT[pattern]}; ${EXPOSURE_TEXT[exposure]}\n\n${markdownTable([head, ...rows])}`;
}

/** "recovered / failing", and where some recovered, after how long. */
function describeCell({ trials, recovered, failing, medianHours }: CellFigures): string {
  const shares = `${percent(recovered / trials)} / ${percent(failing / trials)}`;
  return medianHours === null ? shares : `${shares}, ${medianHours.toFixed(1)} h`;
}

/** Every target with its figure, those that are missed first. */
export function describeTargets(targets: readonly Target[]): string {
  const rows = targets
    .toSorted((a, b) => Number(a.met) - Number(b.met))
    .map(({ subject, what, figure, interval, limit, met }) => [
      subject,
      what,
      figure,
      interval,
      limit,
      met ? "ok" : "MISSED",
    ]);
  return markdownTable([["cell", "what", "figure", "95 % interval", "target", ""], ...rows], {
    align: ["l", "l", "r", "l", "r", "l"],
  });
}
