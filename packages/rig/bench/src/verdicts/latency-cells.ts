import { deriveSeed, type Random, seededRandom } from "./draws.ts";
import type { LatencyCell } from "./latency-catalogue.ts";
import { playRecovery } from "./latency-recovery.ts";
import { playScan, playSearchingScan } from "./latency-scan.ts";
import { shareTarget, type VerdictTarget } from "./targets.ts";

export type LatencyFigures = {
  readonly cell: LatencyCell;
  readonly trials: number;
  /** Trials by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** Median hours to the verdict "recovered"; null: none came to it. */
  readonly medianHours: number | null;
};

/** Runs the trials of one cell. The same seed gives the same figures, whatever else is run beside it. */
export function runLatencyCell(cell: LatencyCell, trials: number, seed: number): LatencyFigures {
  const random = seededRandom(deriveSeed({ ...cell, play: JSON.stringify(cell.play) }, seed));
  const verdicts: Record<string, number> = {};
  const hours: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const ended = playTrial(cell, random);
    verdicts[ended.verdict] = (verdicts[ended.verdict] ?? 0) + 1;
    if (ended.verdict === "recovered") hours.push(ended.hours);
  }
  const medianHours = hours.toSorted((a, b) => a - b)[Math.floor(hours.length / 2)] ?? null;
  return { cell, trials, verdicts, medianHours };
}

function playTrial(cell: LatencyCell, random: Random): { readonly verdict: string; readonly hours: number } {
  if (cell.rule === "recovery") return playRecovery(cell.play, random);
  const verdict = cell.rule === "scan" ? playScan(cell.play, random) : playSearchingScan(cell.play, random);
  return { verdict, hours: 0 };
}

/** For people. */
export const nameLatencyCell = ({ name }: LatencyCell): string => `latency: ${name}`;

/** What a cell is held to; empty where its figures are only told. */
export function compareLatencyTargets({ cell, trials, verdicts }: LatencyFigures): VerdictTarget[] {
  return (cell.limits ?? []).map(({ verdict, ...limit }) =>
    shareTarget(nameLatencyCell(cell), verdict, { count: verdicts[verdict] ?? 0, of: trials }, limit),
  );
}
