import { describe, expect, test } from "vitest";
import { estimateDispersion, estimateSpread } from "./dispersion.ts";
import { type Series, tallySeries } from "./series.ts";
import { poissonSeries, quietSeries, regularSeries, seededRandom, WEEK } from "./testing/incidents.ts";

const dispersion = (series: Series) => estimateDispersion(series, tallySeries(series));
const hours = (count: number) => count * 12;
const withErrorsAt = (length: number, ...indices: number[]) => ({
  ...quietSeries(length),
  events: quietSeries(length).events.map((_, i) => (indices.includes(i) ? 1 : 0)),
});

describe("how bursty errors are", () => {
  test("errors as regular as a clock are not burstier than chance", () => {
    expect(dispersion(regularSeries(hours(48), 6))).toBe(1);
  });

  test("it is variance over mean of the active buckets in blocks of two hours", () => {
    // 24 blocks; one holds 12 active buckets: mean 1/2, variance (11.5² + 23 · 0.5²) / 23 = 6.
    const burst = withErrorsAt(hours(48), ...Array.from({ length: 12 }, (_, i) => 24 + i));
    expect(dispersion(burst)).toBeCloseTo(12, 12);
  });

  test("the last bucket of a block belongs to it, and the next to the next", () => {
    // Both in block 0: variance 4/24 over mean 2/24. In blocks 0 and 1: less than chance, so 1.
    expect(dispersion(withErrorsAt(hours(48), 0, 23))).toBeCloseTo(2, 12);
    expect(dispersion(withErrorsAt(hours(48), 0, 24))).toBe(1);
  });

  test("blocks hold equal exposure, not equal time", () => {
    const exposure = [...new Array(hours(24)).fill(9), ...new Array(hours(24)).fill(1)];
    const errors = withErrorsAt(hours(48), 0, 23).events;
    // The busy half makes 21.6 of the 24 blocks: the two errors are no longer in one.
    expect(dispersion({ events: errors, exposure })).toBe(1);
  });

  test("less than a day of baseline is taken to be bursty, for want of knowing", () => {
    expect(dispersion(regularSeries(hours(20), 6))).toBe(2);
    expect(dispersion(regularSeries(hours(2), 6))).toBe(2);
    expect(dispersion(quietSeries(0))).toBe(2);
  });

  test("bursts are found among frequent errors too, where hardly a bucket stays inactive", () => {
    const random = seededRandom(3);
    // Four busy hours, four quieter ones: variance over mean is 2.2, and three buckets in ten stay inactive.
    const shares = Array.from({ length: WEEK }, (_, i) => ((i / hours(4)) % 2 < 1 ? 0.95 : 0.45));
    const events = shares.map((share) => (random() < share ? 3 : 0));
    expect(dispersion({ events, exposure: quietSeries(WEEK).exposure })).toBeGreaterThan(5);
    expect(dispersion(poissonSeries(WEEK, 20, random))).toBeLessThan(1.4);
  });

  test("a night in which the same exposure fills more buckets is no burst", () => {
    const random = seededRandom(4);
    const exposure = Array.from(
      { length: WEEK },
      (_, i) => 1 + 0.8 * Math.sin((2 * Math.PI * i) / hours(24)),
    );
    const events = exposure.map((x) => poissonSeries(1, 20 * x, random).events[0] ?? 0);
    expect(dispersion({ events, exposure })).toBeLessThan(1.4);
  });
});

describe("how bursty they came by a prior", () => {
  const spread = (series: Series) => estimateSpread(series, tallySeries(series));

  test("few errors are taken to be a little bursty, not twice as bursty as chance", () => {
    // Twelve errors as regular as a clock: (12 · 1 + 4 · 1.5) / 16.
    expect(spread(regularSeries(hours(12), 12))).toBeCloseTo(1.125, 12);
    expect(spread(quietSeries(hours(12)))).toBe(1.5);
  });

  test("bursts within a quarter of an hour are seen among many hours", () => {
    const burst = Array.from({ length: 24 }, (_, i) => [i * 48, i * 48 + 1, i * 48 + 2]).flat();
    const series = withErrorsAt(hours(96), ...burst);
    expect(spread(series)).toBeGreaterThan(2.5);
    expect(spread(regularSeries(hours(96), 16))).toBeLessThan(1.1);
  });

  test("what is burstier than expected is not drawn towards it", () => {
    const burst = withErrorsAt(hours(48), ...Array.from({ length: 12 }, (_, i) => 24 + i));
    // Twelve in one of 24 blocks of two hours.
    expect(spread(burst)).toBeCloseTo(12, 9);
  });
});
