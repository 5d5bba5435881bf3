import { type Cell, nameCell } from "./cells.ts";
import { mostSteadyHours, promiseFor } from "./promise.ts";
import type { CellFigures } from "./run-cell.ts";
import { ONE_IN_100_000, percent, type Share, wilsonInterval } from "./share.ts";

/** A figure held against what it must be. */
export type VerdictTarget = {
  /** The cell in which it is measured. */
  readonly subject: string;
  /** What is promised; the same words in all cells that it is promised of. */
  readonly what: string;
  readonly value: number;
  readonly sense: "at most" | "at least";
  /** The value for people. */
  readonly figure: string;
  /** Wilson's 95 % interval of a share; empty for what is no share. */
  readonly interval: string;
  readonly limit: string;
  /** False where chance would show such a share in 1 of 100,000 cells that keep the promise, or fewer. */
  readonly met: boolean;
};

/** Holds a share against the most, or the least, that it may be. */
export function shareTarget(
  subject: string,
  what: string,
  share: Share,
  limit: { readonly atMost: number } | { readonly atLeast: number },
): VerdictTarget {
  const [low, high] = wilsonInterval(share);
  const [least, most] = wilsonInterval(share, ONE_IN_100_000);
  const value = share.of === 0 ? Number.NaN : share.count / share.of;
  const [sense, sign, bound, met] =
    "atMost" in limit
      ? (["at most", "<=", limit.atMost, least <= limit.atMost] as const)
      : (["at least", ">=", limit.atLeast, most >= limit.atLeast] as const);
  return {
    subject,
    what,
    value,
    sense,
    figure: percent(value),
    interval: `${percent(low)} to ${percent(high)}`,
    limit: `${sign} ${percent(bound)}`,
    met,
  };
}

/** Medians, in hours, within which a full fix must be seen where traffic swings or is counted badly. */
const MEDIAN_HOURS: ReadonlyMap<number, number> = new Map([
  [0.5, 26],
  [1, 15],
  [2, 9],
  [5, 5],
]);

/** The ETA may be off by this share where traffic repeats last week. */
const ETA_WITHIN = 0.05;

/** What one cell of the error rule is held to; empty where nothing is promised. */
export function compareTargets(figures: CellFigures): VerdictTarget[] {
  const { cell } = figures;
  if (cell.exposure === "clock" || cell.exposure === "clock-stopping") return [];
  return [
    ...recoveredTargets(figures),
    ...failingTargets(figures),
    ...powerTargets(figures),
    ...medianTargets(figures),
  ];
}

/** Where nothing is promised of what is called recovered, and it is worse than what is promised elsewhere. */
export function compareUnpromised(figures: CellFigures): VerdictTarget[] {
  const { cell, trials, recoveredAtCap } = figures;
  const promise = promiseFor(cell.residue);
  const isHeld = compareTargets(figures).length > 0 && mostRecovered(cell) !== undefined;
  if (isHeld || promise === undefined) return [];
  const share = { count: recoveredAtCap, of: trials };
  const target = shareTarget(nameCell(cell), promise.what, share, { atMost: promise.atMost });
  return target.met ? [] : [target];
}

const LEFT: ReadonlyMap<number, string> = new Map([
  [1, "nothing fixed"],
  [0.5, "half left"],
  [0.25, "a quarter left"],
]);

/** Of what is not fixed. All that the rule ever calls recovered counts, also after 48 h. */
function recoveredTargets({ cell, trials, recoveredAtCap }: CellFigures): VerdictTarget[] {
  const atMost = mostRecovered(cell);
  if (atMost === undefined) return [];
  const what = `recovered with ${LEFT.get(cell.residue)}${cell.exposure === "stopping" ? ", traffic stopped" : ""}`;
  return [shareTarget(nameCell(cell), what, { count: recoveredAtCap, of: trials }, { atMost })];
}

function mostRecovered({ pattern, exposure, residue }: Cell): number | undefined {
  if (residue === 1) return pattern === "clumped" && exposure === "noisy" ? 0.01 : 0.005;
  if (residue === 0.5) return 0.05;
  return residue === 0.25 && pattern !== "clumped" ? 0.15 : undefined;
}

function failingTargets({ cell, trials, failing }: CellFigures): VerdictTarget[] {
  const share = { count: failing, of: trials };
  const subject = nameCell(cell);
  if (cell.residue === 0.1)
    return [shareTarget(subject, "failing with a tenth left", share, { atMost: 0.01 })];
  if (cell.residue !== 1 || !isDecidable(cell)) return [];
  return [shareTarget(subject, "failing with nothing fixed", share, { atLeast: 0.85 })];
}

function powerTargets({ cell, trials, recovered, eta }: CellFigures): VerdictTarget[] {
  if (cell.residue !== 0 || !isDecidable(cell)) return [];
  const subject = nameCell(cell);
  const power = { count: recovered, of: trials };
  const targets = [
    shareTarget(subject, "recovered with all of it fixed, within 48 h", power, {
      atLeast: cell.perHour < 1 ? 0.9 : 0.99,
    }),
  ];
  if (cell.exposure === "true" && eta !== null) targets.push(etaTarget(subject, eta.worst));
  return targets;
}

function medianTargets({ cell, medianHours }: CellFigures): VerdictTarget[] {
  if (cell.residue !== 0) return [];
  const isSteady = cell.pattern === "poisson" && cell.exposure === "true";
  const most = isSteady ? mostSteadyHours(cell.perHour) : isDecidable(cell) && MEDIAN_HOURS.get(cell.perHour);
  return most ? [hoursTarget(nameCell(cell), medianHours, most)] : [];
}

/**
 * Where a verdict is promised: from one error in two hours on that comes by itself, with a week of history, under
 * traffic that goes on. Half an error an hour in bursts of four is one burst in eight hours, which nothing can judge
 * in two days; and half a day of history says as little.
 */
function isDecidable({ pattern, exposure, perHour }: Cell): boolean {
  const isPlain = pattern === "poisson" || pattern === "daily";
  return isPlain && exposure !== "stopping" && perHour >= 0.5;
}

/** Holds a median against the most hours that it may take. */
export function hoursTarget(
  subject: string,
  hours: number | null,
  atMost: number,
  what = "median time to recovered",
): VerdictTarget {
  return {
    subject,
    what,
    value: hours ?? Number.POSITIVE_INFINITY,
    sense: "at most",
    figure: hours === null ? "never" : `${hours.toFixed(2)} h`,
    interval: "",
    limit: `<= ${Number(atMost.toFixed(2))} h`,
    met: hours !== null && hours <= atMost,
  };
}

function etaTarget(subject: string, worst: number): VerdictTarget {
  return {
    subject,
    what: "error of the first ETA, the worst of all trials",
    value: worst,
    sense: "at most",
    figure: percent(worst),
    interval: "",
    limit: `<= ${percent(ETA_WITHIN)}`,
    met: worst <= ETA_WITHIN,
  };
}
