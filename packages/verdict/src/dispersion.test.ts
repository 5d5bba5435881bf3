import { describe, expect, test } from "vitest";
import { estimateDispersion } from "./dispersion.ts";
import { quietSeries, regularSeries } from "./testing/incidents.ts";

const hours = (count: number) => count * 12;
const withErrorsAt = (length: number, ...indices: number[]) => ({
  ...quietSeries(length),
  events: quietSeries(length).events.map((_, i) => (indices.includes(i) ? 1 : 0)),
});

describe("how bursty errors are", () => {
  test("errors as regular as a clock are not burstier than chance", () => {
    expect(estimateDispersion(regularSeries(hours(48), 6), hours(48))).toBe(1);
  });

  test("it is variance over mean of the active buckets in blocks of two hours", () => {
    // 24 blocks; one holds 12 active buckets: mean 1/2, variance (11.5² + 23 · 0.5²) / 23 = 6.
    const burst = withErrorsAt(hours(48), ...Array.from({ length: 12 }, (_, i) => 24 + i));
    expect(estimateDispersion(burst, hours(48))).toBeCloseTo(12, 12);
  });

  test("the last bucket of a block belongs to it, and the next to the next", () => {
    // Both in block 0: variance 4/24 over mean 2/24. In blocks 0 and 1: less than chance, so 1.
    expect(estimateDispersion(withErrorsAt(hours(48), 0, 23), hours(48))).toBeCloseTo(2, 12);
    expect(estimateDispersion(withErrorsAt(hours(48), 0, 24), hours(48))).toBe(1);
  });

  test("blocks hold equal exposure, not equal time", () => {
    const exposure = [...new Array(hours(24)).fill(9), ...new Array(hours(24)).fill(1)];
    const errors = withErrorsAt(hours(48), 0, 23).events;
    // The busy half makes 21.6 of the 24 blocks: the two errors are no longer in one.
    expect(estimateDispersion({ events: errors, exposure }, hours(24) * 10)).toBe(1);
  });

  test("less than a day of baseline is taken to be bursty, for want of knowing", () => {
    expect(estimateDispersion(regularSeries(hours(20), 6), hours(20))).toBe(2);
    expect(estimateDispersion(regularSeries(hours(2), 6), hours(2))).toBe(2);
    expect(estimateDispersion(quietSeries(0), 0)).toBe(2);
  });
});
