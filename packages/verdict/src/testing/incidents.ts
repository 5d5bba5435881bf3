import fc from "fast-check";
import { GATES, type Gates } from "../gates.ts";
import { BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "../rule.ts";
import type { Series } from "../series.ts";
import type { RecoveryInput } from "../summary.ts";

/** A seeded generator of numbers in [0, 1): mulberry32, enough for counts. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Errors at a steady rate under steady traffic. */
export function poissonSeries(length: number, perHour: number, random: () => number): Series {
  const events = Array.from({ length }, () => drawPoisson(perHour / BUCKETS_PER_HOUR, random));
  return { events, exposure: new Array<number>(length).fill(1) };
}

function drawPoisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** One error in every `step` buckets, under steady traffic. */
export function regularSeries(length: number, step: number, exposure = 1): Series {
  return {
    events: Array.from({ length }, (_, i) => (i % step === step - 1 ? 1 : 0)),
    exposure: new Array<number>(length).fill(exposure),
  };
}

/** Nothing but traffic. */
export function quietSeries(length: number, exposure = 1): Series {
  return { events: new Array<number>(length).fill(0), exposure: new Array<number>(length).fill(exposure) };
}

/** The input of the rule with every gate open and the clock since the deploy taken from its buckets. */
export function recoveryInput(
  baseline: Series,
  since: Series,
  more: Partial<RecoveryInput> = {},
): RecoveryInput {
  return {
    baseline,
    since,
    clock: false,
    baselineBeginsAtFirstEvent: false,
    hoursSinceDeploy: since.exposure.length / BUCKETS_PER_HOUR,
    ...more,
  };
}

const anySeries = (most: number): fc.Arbitrary<Series> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 6, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }) },
        ),
        fc.oneof(
          { weight: 8, arbitrary: fc.integer({ min: 0, max: 7_000_000 }).map((n) => n / 7) },
          { weight: 1, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.constant(Number.NaN) },
        ),
      ),
      { maxLength: most },
    )
    .map((buckets) => ({ events: buckets.map(([count]) => count), exposure: buckets.map(([, x]) => x) }));

const anyGates = fc.record(
  Object.fromEntries(GATES.map((gate) => [gate, fc.boolean()])) as Record<keyof Gates, fc.Arbitrary<boolean>>,
  { requiredKeys: [] },
);

/** Any incident at all, plausible or not: gaps, bursts, empty rows, shut gates, deployments before and since. */
export const anyIncident: fc.Arbitrary<RecoveryInput> = fc.record({
  anchor: fc.option(fc.integer({ min: 0, max: 2e12 }), { nil: undefined }),
  starts: fc.array(fc.integer({ min: -50, max: 600 }), { maxLength: 5 }),
  lead: anySeries(100).map(({ exposure }) => exposure),
  baseline: anySeries(400),
  since: anySeries(200),
  clock: fc.boolean(),
  baselineBeginsAtFirstEvent: fc.boolean(),
  hoursSinceDeploy: fc.double({ min: 0, max: 200, noNaN: true }),
  capHours: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  gates: anyGates,
});

/** A week of buckets before the deploy, as most incidents have it. */
export const WEEK = BUCKETS_PER_WEEK;

/** Any counts of a baseline and of what came since. */
export const anyCounts = fc.record({
  k0: fc.integer({ min: 1, max: 2016 }),
  E0: fc.double({ min: 1e-3, max: 1e7, noNaN: true }),
  c: fc.integer({ min: 0, max: 500 }),
  E: fc.double({ min: 0, max: 1e6, noNaN: true }),
  lam: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 8, noNaN: true })),
  phi: fc.double({ min: 1, max: 30, noNaN: true }),
});
