import { FIX_FAILING, mostSteadyHours, type Promised, promiseFor } from "../promise.ts";
import { hoursTarget, shareTarget, type VerdictTarget } from "../targets.ts";
import type { WorldKind } from "../worlds/world.ts";
import { findWorld, type WorldFigures } from "./play-world.ts";

/**
 * What one cell of a world is held to; empty where nothing is promised of it.
 * @param alone median hours of version 2 in the same trials, where its wait is a measure; null: it did not decide
 */
export function compareWorldTargets(figures: WorldFigures, alone?: number | null): VerdictTarget[] {
  const kind = findWorld(figures.cell.name);
  const { residue } = figures.cell;
  if (kind.claim === "print" || kind.printed?.includes(residue)) return [];
  const left = leftIn(kind, residue);
  if (kind.claim === "abstain") return left >= 1 ? [hold(figures, SILENT, figures.recovered)] : [];
  return [...holdAll(kind, figures), ...(residue === 0 ? medianTargets(figures, alone) : [])];
}

/** Where nothing is promised of a cell, and it is worse than what is promised of others. */
export function findUnpromised(figures: WorldFigures): VerdictTarget[] {
  const kind = findWorld(figures.cell.name);
  const held = new Set(compareWorldTargets(figures).map(({ what }) => what));
  return held.size > 0 ? [] : holdAll(kind, figures).filter(({ met }) => !met);
}

const SILENT: Promised = { what: "recovered with nothing fixed, where it should be silent", atMost: 0.01 };

const leftIn = ({ leftInProduction }: WorldKind, residue: number): number =>
  leftInProduction?.(residue) ?? residue;

/** Nothing that the fix has left can fail, wherever it is. */
function holdAll(kind: WorldKind, figures: WorldFigures): VerdictTarget[] {
  const promise = promiseFor(leftIn(kind, figures.cell.residue));
  return [
    ...(promise ? [hold(figures, promise, figures.recovered)] : []),
    ...(figures.cell.residue === 0 ? [hold(figures, FIX_FAILING, figures.failing)] : []),
  ];
}

const hold = ({ cell, trials }: WorldFigures, { what, atMost }: Promised, count: number): VerdictTarget =>
  shareTarget(nameWorldCell(cell), what, { count, of: trials }, { atMost });

const OVER_ALONE = 1.15;

/** Hours within which a complete fix must be seen in half of all trials; null: as long as it takes. */
function mostHours(name: string, perHour: number): number | null {
  if (name === "known for 12 h") return perHour === 1 ? 16 : perHour === 5 ? 3 : null;
  return name === "one by one" ? mostSteadyHours(perHour) : null;
}

function medianTargets({ cell, medianHours }: WorldFigures, alone?: number | null): VerdictTarget[] {
  const subject = nameWorldCell(cell);
  const most = mostHours(cell.name, cell.perHour);
  return [
    ...(most === null ? [] : [hoursTarget(subject, medianHours, most)]),
    ...(alone == null
      ? []
      : [
          hoursTarget(
            subject,
            medianHours,
            OVER_ALONE * alone,
            "median time to recovered, against version 2",
          ),
        ]),
  ];
}

/** For people. */
const nameWorldCell = ({ name, residue, perHour }: WorldFigures["cell"]): string =>
  `${name}; ${residue} left, ${perHour}/h`;
