import { markdownTable } from "markdown-table";
import { type CellExposure, EXPOSURES, PATTERNS, type Pattern } from "./cells.ts";
import type { TrialOutcome } from "./outcome.ts";
import type { CellFigures } from "./run-cell.ts";
import { percent } from "./share.ts";
import type { VerdictTarget } from "./targets.ts";

const PATTERN_TEXT: { readonly [Name in Pattern]: string } = {
  poisson: "errors one by one, steady traffic",
  clumped: "errors in bursts, steady traffic",
  young: "errors one by one, the first of them 12 h before the deploy, steady traffic",
  daily: "errors one by one, traffic up to nine times that of the night",
};

const EXPOSURE_TEXT: { readonly [Name in CellExposure]: string } = {
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

function describeGroup(pattern: Pattern, exposure: CellExposure, figures: readonly CellFigures[]): string {
  const group = figures.filter(({ cell }) => cell.pattern === pattern && cell.exposure === exposure);
  if (group.length === 0) return "";
  const outcomes = group.map((outcome) => ({ ...outcome, ...outcome.cell }));
  return `### ${PATTERN_TEXT[pattern]}; ${EXPOSURE_TEXT[exposure]}\n\n${outcomeTable(outcomes)}`;
}

/** How the trials of one rate and residue ended. */
export type PlacedOutcome = Pick<TrialOutcome, "trials" | "recovered" | "failing" | "medianHours"> & {
  readonly stopped?: number;
  readonly residue: number;
  readonly perHour: number;
};

/** A row for what is left, a column for the rate before. */
export function outcomeTable(outcomes: readonly PlacedOutcome[]): string {
  const rates = [...new Set(outcomes.map(({ perHour }) => perHour))].toSorted((a, b) => a - b);
  const residues = [...new Set(outcomes.map(({ residue }) => residue))].toSorted((a, b) => b - a);
  const rows = residues.map((residue) => {
    const row = rates.map((perHour) =>
      outcomes.find((outcome) => outcome.residue === residue && outcome.perHour === perHour),
    );
    return [percent(residue), ...row.map((outcome) => (outcome ? describeOutcome(outcome) : ""))];
  });
  return markdownTable([["left", ...rates.map((perHour) => `${perHour}/h`)], ...rows]);
}

/** "recovered / failing", how many closed as stopped, and where most recovered, after how long. */
function describeOutcome({ trials, recovered, stopped = 0, failing, medianHours }: PlacedOutcome): string {
  const closed = stopped === 0 ? "" : `, stopped ${percent(stopped / trials)}`;
  const shares = `${percent(recovered / trials)} / ${percent(failing / trials)}${closed}`;
  return medianHours === null ? shares : `${shares}, ${medianHours.toFixed(1)} h`;
}

/** What is promised, with the cell that comes nearest to breaking it, or breaks it; broken promises first. */
export function describeTargets(targets: readonly VerdictTarget[]): string {
  const promises = Object.values(Object.groupBy(targets, ({ what, limit }) => `${what} ${limit}`));
  const rows = promises
    .flatMap((cells) => (cells ? [describePromise(cells)] : []))
    .toSorted((a, b) => a.met - b.met)
    .map(({ row }) => row);
  return markdownTable([["promise", "target", "cells", "met", "worst", "95 % interval", "where"], ...rows], {
    align: ["l", "r", "r", "r", "r", "l", "l"],
  });
}

function describePromise(cells: readonly VerdictTarget[]): { readonly met: number; readonly row: string[] } {
  const [worst] = cells.toSorted((a, b) => (a.sense === "at most" ? b.value - a.value : a.value - b.value));
  const met = cells.filter((cell) => cell.met).length;
  if (worst === undefined) return { met: 1, row: [] };
  const { what, limit, figure, interval, subject } = worst;
  return {
    met: met / cells.length,
    row: [what, limit, `${cells.length}`, `${met}`, figure, interval, subject],
  };
}

/** Every target that is missed. */
export function describeMissed(targets: readonly VerdictTarget[]): string {
  const rows = targets
    .filter(({ met }) => !met)
    .map(({ what, subject, figure, interval, limit }) => [what, subject, figure, interval, limit]);
  return markdownTable([["promise", "cell", "figure", "95 % interval", "target"], ...rows]);
}
