import { RULE } from "./rule.ts";

/** Five-minute buckets, oldest first; both arrays have the same length. */
export type Series = {
  /** Errors of this incident in the bucket. */
  readonly events: readonly number[];
  /** Requests, sessions or product events in the bucket; 1 for clock time; NaN where it is not known. */
  readonly exposure: readonly number[];
};

export type SeriesTally = {
  /** Buckets whose exposure is known; the others are counted nowhere. */
  readonly known: number;
  /** Known buckets with exposure or with errors. */
  readonly counted: number;
  /** Known buckets with errors. */
  readonly active: number;
  /** Errors in known buckets. */
  readonly events: number;
  readonly exposure: number;
  /** Active buckets in hours that carry no evidence: they speak against recovery, and for nothing else. */
  readonly aside: number;
};

export const EMPTY_TALLY: SeriesTally = { known: 0, counted: 0, active: 0, events: 0, exposure: 0, aside: 0 };

/**
 * Counts what the rule needs from one series.
 * @param carries whether the bucket at an index can carry evidence; absent: all can
 */
export function tallySeries(
  { events, exposure }: Series,
  carries: (index: number) => boolean = () => true,
): SeriesTally {
  const tally = { ...EMPTY_TALLY };
  for (let i = 0; i < exposure.length; i++) {
    addBucket(tally, events[i] ?? 0, exposure[i] ?? Number.NaN, carries(i));
  }
  return tally;
}

/** Counts one more bucket; one of unknown exposure is not counted, and one that carries no evidence adds no exposure. */
export function addBucket(
  tally: { -readonly [Name in keyof SeriesTally]: number },
  count: number,
  x: number,
  carries: boolean,
): void {
  if (Number.isNaN(x)) return;
  const exposure = carries ? x : 0;
  tally.known++;
  tally.exposure += exposure;
  tally.events += count;
  if (count > 0) tally.active++;
  if (count > 0 && !carries) tally.aside++;
  if (count > 0 || exposure > 0) tally.counted++;
}

/** The most exposure that one bucket may count for: a multiple of the mean of the buckets with traffic before. */
export function exposureCeiling(baseline: readonly number[]): number {
  let sum = 0;
  let count = 0;
  for (const x of baseline) {
    if (!(x > 0)) continue;
    sum += x;
    count++;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : (RULE.exposureCap * sum) / count;
}

/** The same series with its exposure clipped, so that one burst of traffic cannot stand for hours of it. */
export function clipExposure(series: Series, ceiling: number): Series {
  return { events: series.events, exposure: series.exposure.map((x) => Math.min(x, ceiling)) };
}

/** Throws a sentence where two arrays of one series differ in length, or a number cannot be a count. */
export function checkSeries(name: string, { events, exposure }: Series): void {
  if (events.length !== exposure.length) {
    throw new RangeError(
      `The ${name} series has ${events.length} counts of errors but ${exposure.length} of exposure; both must cover the same buckets.`,
    );
  }
  for (let bad = 0; bad < events.length; bad++) {
    const x = exposure[bad] ?? Number.NaN;
    if (isQuantity(events[bad]) && (isQuantity(x) || Number.isNaN(x))) continue;
    throw new RangeError(
      `Bucket ${bad} of the ${name} series has ${events[bad]} errors at exposure ${exposure[bad]}; errors must be counts of 0 or more, and exposure 0 or more, or NaN where it is unknown.`,
    );
  }
}

function isQuantity(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value < Number.POSITIVE_INFINITY;
}
