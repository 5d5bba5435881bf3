import { hoursTarget, shareTarget, type VerdictTarget } from "../targets.ts";
import type { WorldKind } from "../worlds/world.ts";
import { findWorld, type WorldFigures } from "./play-world.ts";

/** What one cell of a world is held to; empty where nothing is promised of it. */
export function compareWorldTargets(figures: WorldFigures): VerdictTarget[] {
  const kind = findWorld(figures.cell.name);
  if (kind.claim === "print" || kind.printed?.includes(figures.cell.residue)) return [];
  return [
    ...recoveredTargets(kind, figures),
    ...(kind.claim === "promise" ? [...failingTargets(figures), ...powerTargets(kind, figures)] : []),
  ];
}

const NOTHING_FIXED = { what: "recovered with nothing fixed", atMost: 0.005 };
const SILENT = { what: "recovered with nothing fixed, where it should be silent", atMost: 0.01 };
const HALF_LEFT = { what: "recovered with half or more left", atMost: 0.05 };
const QUARTER_LEFT = { what: "recovered with a quarter or more left", atMost: 0.15 };

function recoveredTargets(kind: WorldKind, { cell, trials, recovered }: WorldFigures): VerdictTarget[] {
  const promise = promiseFor(kind, kind.leftInProduction?.(cell.residue) ?? cell.residue);
  if (promise === undefined) return [];
  const share = { count: recovered, of: trials };
  return [shareTarget(nameWorldCell(cell), promise.what, share, { atMost: promise.atMost })];
}

function promiseFor({ claim }: WorldKind, left: number) {
  if (claim === "abstain") return left >= 1 ? SILENT : undefined;
  if (left >= 1) return NOTHING_FIXED;
  if (left >= 0.5) return HALF_LEFT;
  return left >= 0.25 ? QUARTER_LEFT : undefined;
}

/** Nothing that the fix has left can fail, wherever it is. */
function failingTargets({ cell, trials, failing }: WorldFigures): VerdictTarget[] {
  if (cell.residue !== 0) return [];
  const share = { count: failing, of: trials };
  return [shareTarget(nameWorldCell(cell), "a complete fix called failing", share, { atMost: 0.005 })];
}

/** No count can promise that a quarter is not left in 85 of 100 cases before so many of the old errors are due. */
const BOUND = -Math.log(0.15) / 0.25;
const OVER_BOUND = 1.45;
const MORE_WHERE_FREQUENT = 1 / 3;
/** No rule decides within the first hour. */
const LEAST_HOURS = 1;

/** Hours within which a complete fix must be seen in half of all trials; null: as long as it takes. */
function mostHours(name: string, perHour: number): number | null {
  if (name === "known for 12 h") return perHour === 1 ? 16 : perHour === 5 ? 3 : null;
  if (name !== "one by one" || perHour < 0.5) return null;
  const more = perHour >= 5 ? MORE_WHERE_FREQUENT : 0;
  return Math.max(LEAST_HOURS, (OVER_BOUND * BOUND) / perHour + more);
}

function powerTargets({ power }: WorldKind, figures: WorldFigures): VerdictTarget[] {
  const { cell, trials, recovered, medianHours } = figures;
  if (cell.residue !== 0) return [];
  const subject = nameWorldCell(cell);
  const most = mostHours(cell.name, cell.perHour);
  const median = most === null ? [] : [hoursTarget(subject, medianHours, most)];
  if (power?.perHour !== cell.perHour) return median;
  const share = { count: recovered, of: trials };
  return [
    ...median,
    shareTarget(subject, "a complete fix called recovered", share, { atLeast: power.atLeast }),
  ];
}

/** For people. */
const nameWorldCell = ({ name, residue, perHour }: WorldFigures["cell"]): string =>
  `${name}; ${residue} left, ${perHour}/h`;
