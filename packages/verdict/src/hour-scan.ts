import { logMean } from "./evidence.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { activeShare, saturationRate } from "./saturation.ts";
import type { Series, SeriesTally } from "./series.ts";

/** Hours of one day: `length` of them from `start` on, counted from the hour of the deploy; 24 and more are tomorrow's. */
export type DailyArc = { readonly start: number; readonly length: number };

/** Running sums by the hour: entry i is what came before hour i, and the last hour ends at the deploy. */
export type HourSums = { readonly active: Float64Array; readonly weight: Float64Array };

const HOURS_PER_DAY = 24;

/** @param baseline buckets before the deploy, exposure clipped */
export function sumHours({ events, exposure }: Series, tally: SeriesTally): HourSums {
  const length = Math.ceil(exposure.length / BUCKETS_PER_HOUR);
  const ahead = length * BUCKETS_PER_HOUR - exposure.length;
  const active = new Float64Array(length + 1);
  const weight = new Float64Array(length + 1);
  const lam = saturationRate(tally.active, tally.counted, tally.events);
  const mean = tally.exposure / tally.counted;
  for (let i = 0; i < exposure.length; i++) {
    const x = exposure[i] ?? Number.NaN;
    if (Number.isNaN(x)) continue;
    const hour = Math.floor((i + ahead) / BUCKETS_PER_HOUR) + 1;
    weight[hour] = (weight[hour] ?? 0) + activeShare(lam, x, mean);
    if ((events[i] ?? 0) > 0) active[hour] = (active[hour] ?? 0) + 1;
  }
  for (let hour = 1; hour <= length; hour++) {
    active[hour] = (active[hour] ?? 0) + (active[hour - 1] ?? 0);
    weight[hour] = (weight[hour] ?? 0) + (weight[hour - 1] ?? 0);
  }
  return { active, weight };
}

/** Errors in a stretch of hours, and what they would be up to a common factor if they followed exposure alone. */
export type HourCell = { readonly active: number; readonly weight: number };

function cellBetween({ active, weight }: HourSums, from: number, until: number): HourCell {
  const last = active.length - 1;
  const a = Math.min(last, Math.max(0, from));
  const b = Math.min(last, Math.max(0, until));
  return { active: (active[b] ?? 0) - (active[a] ?? 0), weight: (weight[b] ?? 0) - (weight[a] ?? 0) };
}

/**
 * The hours of the day in which the errors came, if the baseline shows that hours matter beyond exposure. The evidence
 * is the mean over all stretches of the day of the likelihood ratio "all but a few errors come in it" against "errors
 * follow exposure", its exponent discounted by how unevenly they came within the stretch: from day to day, so a
 * flare does not look like an hour, and from two hours to the next, so a burst does not. That mean is an e-value;
 * the chance that it reaches `RULE.hours.threshold` without such hours is measured in hours.test.ts.
 */
export function findDailyArc(sums: HourSums): DailyArc | null {
  const ofDay = foldDays(sums);
  const all = sumCells(ofDay);
  const chance = ARCS.map((arc) => logConcentration(cellOnAllDays(ofDay, arc), all));
  if (!isProven(chance)) return null;
  const burst = spreadOfBursts(sums);
  const discounted = ARCS.map((arc, i) => (chance[i] ?? 0) / Math.max(burst, spreadWithin(sums, arc)));
  return isProven(discounted) ? (ARCS[discounted.indexOf(Math.max(...discounted))] ?? null) : null;
}

const ARCS: readonly DailyArc[] = RULE.hours.lengths.flatMap((length) =>
  Array.from({ length: HOURS_PER_DAY }, (_, start) => ({ start, length })),
);

/** Each hour of the day, over all days; the first is the hour after the deploy's. */
function foldDays(sums: HourSums): HourCell[] {
  const end = sums.active.length - 1;
  const cells = Array.from({ length: HOURS_PER_DAY }, () => ({ active: 0, weight: 0 }));
  for (let back = 1; back <= end; back++) {
    const cell = cells[HOURS_PER_DAY - 1 - ((back - 1) % HOURS_PER_DAY)];
    const { active, weight } = cellBetween(sums, end - back, end - back + 1);
    if (cell === undefined) continue;
    cell.active += active;
    cell.weight += weight;
  }
  return cells;
}

function cellOnAllDays(ofDay: readonly HourCell[], { start, length }: DailyArc): HourCell {
  let active = 0;
  let weight = 0;
  for (let hour = start; hour < start + length; hour++) {
    active += ofDay[hour % HOURS_PER_DAY]?.active ?? 0;
    weight += ofDay[hour % HOURS_PER_DAY]?.weight ?? 0;
  }
  return { active, weight };
}

export const isProven = (logs: readonly number[]): boolean => logMean(logs) >= Math.log(RULE.hours.threshold);

/** Log of the likelihood ratio "all but a few came in this cell" against "they follow exposure". */
export function logConcentration(cell: HourCell, all: HourCell): number {
  const share = cell.weight / all.weight;
  if (!(share > 0 && share < 1)) return 0;
  const inside = share / (share + RULE.hours.elsewhere * (1 - share));
  return (
    cell.active * Math.log(inside / share) + (all.active - cell.active) * Math.log((1 - inside) / (1 - share))
  );
}

/** The stretch on each day of the baseline, the newest first; what tomorrow has of it counts for today. */
export function listDays(sums: HourSums, { start, length }: DailyArc): HourCell[] {
  const end = sums.active.length - 1;
  const days = Math.ceil((end + start + length) / HOURS_PER_DAY) - 1;
  return Array.from({ length: Math.max(0, days) }, (_, back) => {
    const from = end + start - HOURS_PER_DAY * (back + 1);
    return cellBetween(sums, from, from + length);
  });
}

/** The stretch in blocks of two hours: of each block the list of days. */
export function listBlocks(sums: HourSums, { start, length }: DailyArc): HourCell[][] {
  const block = Math.min(length, RULE.blockHours);
  return Array.from({ length: Math.ceil(length / block) }, (_, i) =>
    listDays(sums, { start: start + i * block, length: Math.min(block, length - i * block) }),
  );
}

/**
 * Dispersion by the differences of neighbours of two hours each, which bursts raise and a day's course hardly does:
 * their squares over what chance gives.
 */
export function spreadOfBursts(sums: HourSums): number {
  const end = sums.active.length - 1;
  const all = cellBetween(sums, 0, end);
  const factor = all.active / all.weight;
  let stray = 0;
  let expected = 0;
  for (let hour = 0; hour + 2 * RULE.blockHours <= end; hour++) {
    const one = cellBetween(sums, hour, hour + RULE.blockHours);
    const next = cellBetween(sums, hour + RULE.blockHours, hour + 2 * RULE.blockHours);
    stray += (next.active - one.active - factor * (next.weight - one.weight)) ** 2;
    expected += next.active + one.active;
  }
  return expected === 0 ? 1 : stray / expected;
}

/** Infinite where only one day had errors, or where no two days can be compared. */
function spreadWithin(sums: HourSums, arc: DailyArc): number {
  const days = listDays(sums, arc);
  if (days.filter(({ active }) => active > 0).length < 2) return Number.POSITIVE_INFINITY;
  return Math.max(1, dispersion(days), dispersion(listBlocks(sums, arc).flat()));
}

/** Index of dispersion of cells of unequal weight: Pearson's statistic by its degrees of freedom. */
export function dispersion(given: readonly HourCell[]): number {
  const cells = given.filter(({ weight }) => weight > 0);
  const all = sumCells(cells);
  if (cells.length < 2 || all.active === 0) return 1;
  const factor = all.active / all.weight;
  const stray = cells.reduce((sum, cell) => {
    const expected = factor * cell.weight;
    return sum + (cell.active - expected) ** 2 / expected;
  }, 0);
  return stray / (cells.length - 1);
}

export function sumCells(cells: readonly HourCell[]): HourCell {
  return cells.reduce(
    (sum, cell) => ({
      active: sum.active + cell.active,
      weight: sum.weight + cell.weight,
    }),
    { active: 0, weight: 0 },
  );
}
