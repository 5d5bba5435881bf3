import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Cell } from "./cells.ts";
import { deriveSeed, type Random, seededRandom } from "./draws.ts";
import {
  countOutcome,
  firstPromise,
  followTrial,
  type Trial,
  type TrialOutcome,
  upperMedian,
} from "./outcome.ts";
import { simulateIncident } from "./simulate-incident.ts";

export type CellFigures = TrialOutcome & {
  readonly cell: Cell;
  /** How far the first look's ETA was off, as a share of the time that it took; of trials that recovered. */
  readonly eta: { readonly trials: number; readonly median: number; readonly worst: number } | null;
};

type TrialWithPromise = Trial & { readonly promised: number | null };

/** Runs the trials of one cell. The same seed gives the same figures, whatever else is run beside it. */
export function simulateCell(cell: Cell, trials: number, seed: number): CellFigures {
  const random = seededRandom(deriveSeed(cell, seed));
  const ended = Array.from({ length: trials }, () => runTrial(cell, random));
  return { cell, ...countOutcome(ended), eta: etaErrors(ended) };
}

function runTrial(cell: Cell, random: Random): TrialWithPromise {
  const history = simulateIncident(cell, random);
  // An ETA is for the case that no error follows, which is sure only where nothing is left.
  return { ...followTrial(history), promised: cell.residue === 0 ? firstPromise(history) : null };
}

function etaErrors(trials: readonly TrialWithPromise[]): CellFigures["eta"] {
  const errors = trials.flatMap(({ verdict, promised, hours }) =>
    verdict === "recovered" && promised !== null ? [Math.abs(nextPoll(promised) - hours) / hours] : [],
  );
  if (errors.length === 0) return null;
  return { trials: errors.length, median: upperMedian(errors) ?? 0, worst: Math.max(...errors) };
}

/** A verdict comes with a poll, so what is due between two comes with the later one. */
const nextPoll = (hours: number) => Math.ceil(hours * BUCKETS_PER_HOUR - 1e-6) / BUCKETS_PER_HOUR;
