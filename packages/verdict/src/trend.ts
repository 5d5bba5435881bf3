import { BUCKETS_PER_HOUR } from "./rule.ts";
import { type Series, tallySeries } from "./series.ts";

/** A log-linear trend of a rate: it changes by the factor exp(slope) an hour. */
export type Trend = {
  readonly slope: number;
  /** Standard error of the slope, in the same unit. */
  readonly error: number;
};

/** Events in one stretch of time, whose middle is `hours` after the deploy. */
export type TrendPoint = { readonly hours: number; readonly events: number; readonly exposure: number };

/** Buckets in one stretch. */
const STRETCH = BUCKETS_PER_HOUR / 2;

/** Adds the buckets since a deploy up to stretches of half an hour; a bucket of unknown exposure counts nowhere. */
export function cutForTrend({ events, exposure }: Series): TrendPoint[] {
  return Array.from({ length: Math.ceil(exposure.length / STRETCH) }, (_, stretch) => {
    const start = stretch * STRETCH;
    const end = Math.min(start + STRETCH, exposure.length);
    const { events: seen, exposure: amount } = tallySeries({
      events: events.slice(start, end),
      exposure: exposure.slice(start, end),
    });
    return { hours: (start + end) / 2 / BUCKETS_PER_HOUR, events: seen, exposure: amount };
  });
}

/** Fewer events than this have no direction. */
const LEAST_EVENTS = 5;

/**
 * Fits log(rate) = a + slope * hours by quasi-Poisson regression: Newton's method on the Poisson likelihood, and Pearson's
 * chi-squared over its degrees of freedom, at least 1, as the dispersion (McCullagh & Nelder, Generalized Linear Models, 6.2).
 *
 * @returns undefined with fewer than 5 events or 3 stretches, or where the fit has no end, as when all events are in one stretch
 */
export function estimateTrend(points: readonly TrendPoint[]): Trend | undefined {
  const used = points.filter(({ exposure }) => exposure > 0);
  const events = used.reduce((sum, point) => sum + point.events, 0);
  if (events < LEAST_EVENTS || used.length < 3) return undefined;
  let slope = 0;
  for (let step = 0; step < 50; step += 1) {
    const { gradient, information } = weighSlope(used, events, slope);
    if (information <= 0) return undefined;
    const change = Math.max(-1, Math.min(1, gradient / information));
    slope += change;
    if (Math.abs(change) < 1e-9) return { slope, error: findError(used, events, slope) };
  }
  return undefined;
}

/** The expected events of each stretch at a slope, with the level that fits all events best. */
function expectAt(points: readonly TrendPoint[], events: number, slope: number): number[] {
  const weights = points.map(({ hours, exposure }) => exposure * Math.exp(slope * hours));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * events) / total);
}

function weighSlope(points: readonly TrendPoint[], events: number, slope: number) {
  const expected = expectAt(points, events, slope);
  const mean = points.reduce((sum, { hours }, i) => sum + hours * (expected[i] ?? 0), 0) / events;
  let gradient = 0;
  let information = 0;
  points.forEach(({ hours, events: seen }, i) => {
    gradient += (hours - mean) * seen;
    information += (expected[i] ?? 0) * (hours - mean) ** 2;
  });
  return { gradient, information };
}

function findError(points: readonly TrendPoint[], events: number, slope: number): number {
  const expected = expectAt(points, events, slope);
  const squares = points.reduce((sum, { events: seen }, i) => {
    const mean = expected[i] ?? 0;
    return mean > 0 ? sum + (seen - mean) ** 2 / mean : sum;
  }, 0);
  const dispersion = Math.max(1, squares / (points.length - 2));
  return Math.sqrt(dispersion / weighSlope(points, events, slope).information);
}
