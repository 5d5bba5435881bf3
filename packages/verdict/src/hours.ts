import { DAY, HOUR } from "@patchpilot/time";
import {
  type DailyArc,
  dispersion,
  findDailyArc,
  type HourCell,
  type HourSums,
  isProven,
  listBlocks,
  listDays,
  logConcentration,
  spreadOfBursts,
  sumCells,
  sumHours,
} from "./hour-scan.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import type { Series, SeriesTally } from "./series.ts";

/**
 * The hours that can carry evidence: a stretch of each day, on the days of the week that had errors. Positions are
 * buckets from the deploy on, negative before it, so no zone is needed; a day is counted from the stretch's start.
 */
export type EvidenceHours = {
  readonly start: number;
  readonly length: number;
  /** By day of the week, 0 for the stretch that begins next after the deploy. */
  readonly days: readonly ("errors" | "silent" | "unseen")[];
  /** The least dispersion: that between neighbouring hours, the beginning and end of the stretch included. */
  readonly phi: number;
  /** No error showed them: they are what the baseline has not seen. */
  readonly unseen?: true;
};

const DAYS = 7;

/**
 * Where the baseline shows that the errors follow hours beyond exposure, only hours in which they came are evidence.
 * By the clock, hours that a baseline of less than a day never saw are none either.
 *
 * @param baseline buckets before the deploy, exposure clipped
 * @returns null: every hour is evidence
 */
export function findEvidenceHours(
  baseline: Series,
  tally: SeriesTally,
  { clock, anchor }: { readonly clock: boolean; readonly anchor?: number | undefined },
): EvidenceHours | null {
  const length = baseline.exposure.length;
  if (length < BUCKETS_PER_DAY) return clock && length > 0 ? hoursSeen(length) : null;
  const sums = sumHours(baseline, tally);
  const arc = findDailyArc(sums);
  if (arc === null || arc.length < RULE.hours.least) return null;
  return {
    start: arc.start * BUCKETS_PER_HOUR,
    length: arc.length * BUCKETS_PER_HOUR,
    days: sortDays(sums, arc, anchor),
    phi: spreadOfBursts(sums),
  };
}

const hoursSeen = (length: number): EvidenceHours => ({
  start: BUCKETS_PER_DAY - length,
  length,
  days: new Array(DAYS).fill("errors"),
  phi: 1,
});

/**
 * A day of which the baseline saw less than half is one that it never saw. If the deploy's instant is known, a day is
 * like the others that it saw of the working week, or of the weekend. The middle of the stretch names the day: that is
 * the same day by UTC as by the clock of most people.
 */
function sortDays(sums: HourSums, arc: DailyArc, anchor: number | undefined): EvidenceHours["days"] {
  const cells = byWeekday(listDays(sums, arc));
  const most = Math.max(...cells.map(({ weight }) => weight));
  const silent = findSilentDays(sums, arc);
  const seen = cells.map(({ weight }) => weight >= most / 2);
  const middle = (anchor ?? 0) + (arc.start + arc.length / 2) * HOUR;
  const isWeekend = (day: number) => [0, 6].includes(new Date(middle + day * DAY).getUTCDay());
  return cells.map((_, day) => {
    if (silent.includes(day)) return "silent";
    const alike = seen.some((known, other) => known && isWeekend(other) === isWeekend(day));
    return seen[day] || (anchor !== undefined && alike) ? "errors" : "unseen";
  });
}

/** Is the bucket, so many after the deploy, in an hour that can carry evidence? */
export function carriesEvidence(hours: EvidenceHours | null, bucket: number): boolean {
  if (hours === null) return true;
  const day = Math.floor((bucket - hours.start) / BUCKETS_PER_DAY);
  if (bucket - hours.start - day * BUCKETS_PER_DAY >= hours.length) return false;
  const kind = hours.days[modulo(day, DAYS)];
  return kind === "errors" || (kind === "unseen" && bucket < 0);
}

/** Hours of the first so many buckets after the deploy that can carry evidence. */
export function countHours(hours: EvidenceHours, buckets: number): number {
  let count = 0;
  for (let i = 0; i < buckets; i++) if (carriesEvidence(hours, i)) count++;
  return count / BUCKETS_PER_HOUR;
}

/** Clock hours until so many that can carry evidence have passed. */
export function capInHours(cap: number, hours: EvidenceHours | null): number {
  if (hours === null) return cap;
  let left = cap * BUCKETS_PER_HOUR;
  let buckets = 0;
  const most = RULE.hours.capHours * BUCKETS_PER_HOUR;
  for (; left > 0 && buckets < most; buckets++) if (carriesEvidence(hours, buckets)) left--;
  return buckets / BUCKETS_PER_HOUR;
}

/** The baseline with the hours that carry no evidence as if nothing were known of them. */
export function keepEvidenceHours(baseline: Series, hours: EvidenceHours | null): Series {
  if (hours === null) return baseline;
  const length = baseline.exposure.length;
  const exposure = baseline.exposure.map((x, i) => (carriesEvidence(hours, i - length) ? x : Number.NaN));
  return { events: baseline.events, exposure };
}

/**
 * The one to three days in a row of the week on which the errors did not come, judged as hours are: against how
 * unevenly they came on the other days, of which there have to be three.
 */
function findSilentDays(sums: HourSums, arc: DailyArc): readonly number[] {
  const cells = byWeekday(listDays(sums, arc));
  const all = sumCells(cells);
  const logs = RUNS.map(
    (silent) => logConcentration(sumCells(without(cells, silent)), all) / spreadOnOthers(sums, arc, silent),
  );
  return isProven(logs) ? (RUNS[logs.indexOf(Math.max(...logs))] ?? []) : [];
}

const RUNS: readonly (readonly number[])[] = Array.from({ length: DAYS }, (_, first) =>
  [1, 2, 3].map((length) => Array.from({ length }, (_, i) => (first + i) % DAYS)),
).flat();

const without = (cells: readonly HourCell[], silent: readonly number[]): HourCell[] =>
  cells.filter((_, day) => !silent.includes(day));

function spreadOnOthers(sums: HourSums, arc: DailyArc, silent: readonly number[]): number {
  const days = without(byWeekday(listDays(sums, arc)), silent);
  if (days.filter(({ active }) => active > 0).length < 3) return Number.POSITIVE_INFINITY;
  const blocks = listBlocks(sums, arc).flatMap((block) => without(byWeekday(block), silent));
  return Math.max(1, dispersion(days), dispersion(blocks));
}

/** By day of the week: what began before a week's first stretch and in its last are one. */
function byWeekday(days: readonly HourCell[]): HourCell[] {
  const cells = Array.from({ length: DAYS }, () => ({ active: 0, weight: 0 }));
  days.forEach(({ active, weight }, back) => {
    const cell = cells[modulo(-1 - back, DAYS)];
    if (cell === undefined) return;
    cell.active += active;
    cell.weight += weight;
  });
  return cells;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
