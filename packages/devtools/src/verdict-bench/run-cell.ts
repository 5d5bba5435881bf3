import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Cell } from "./cells.ts";
import { seededRandom } from "./draws.ts";
import { followTrial, type Trial } from "./follow-trial.ts";

/** Figures are of two days of polls; rare errors may be followed for three. */
const HOURS = 48;

export type CellFigures = {
  readonly cell: Cell;
  readonly trials: number;
  /** Trials called recovered within 48 h, and within the time that the rule gives itself. */
  readonly recovered: number;
  readonly recoveredAtCap: number;
  /** Trials called failing within 48 h. */
  readonly failing: number;
  /** Median time to "recovered", in hours, of the trials that came to it within 48 h; null: none did. */
  readonly medianHours: number | null;
  /** Of those trials, how far the first look's ETA was off, as a share of the time that it took. */
  readonly eta: { readonly trials: number; readonly median: number; readonly worst: number } | null;
};

/** Runs the trials of one cell. The same seed gives the same figures, whatever else is run beside it. */
export function runCell(cell: Cell, trials: number, seed: number): CellFigures {
  const random = seededRandom(seedOf(cell, seed));
  const ended = Array.from({ length: trials }, () => followTrial(cell, random));
  const recovered = ended.filter(({ verdict }) => verdict === "recovered");
  const inTime = recovered.filter(({ hours }) => hours <= HOURS);
  return {
    cell,
    trials,
    recovered: inTime.length,
    recoveredAtCap: recovered.length,
    failing: ended.filter(({ verdict, hours }) => verdict === "failing" && hours <= HOURS).length,
    medianHours: median(inTime.map(({ hours }) => hours)),
    eta: etaErrors(inTime),
  };
}

function etaErrors(recovered: readonly Trial[]): CellFigures["eta"] {
  const errors = recovered.flatMap(({ promised, hours }) =>
    // A verdict comes with a poll, so an ETA is met by the next one.
    promised === null ? [] : [Math.abs(roundUp(promised) - hours) / hours],
  );
  if (errors.length === 0) return null;
  return { trials: errors.length, median: median(errors) ?? 0, worst: Math.max(...errors) };
}

const roundUp = (hours: number) => Math.ceil(hours * BUCKETS_PER_HOUR - 1e-6) / BUCKETS_PER_HOUR;

/** The upper median; null of nothing. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

/** A seed of its own for each cell: FNV-1a over what names it. */
export function seedOf(cell: object, seed: number): number {
  let hash = 2_166_136_261;
  for (const char of JSON.stringify([seed, ...Object.values(cell)])) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
  }
  return hash >>> 0;
}
