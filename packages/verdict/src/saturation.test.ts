import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activeRatio, saturationRate } from "./saturation.ts";

describe("saturation", () => {
  test("is not corrected for where every active bucket holds one error", () => {
    expect(saturationRate(50, 2016, 50)).toBe(0);
  });

  test("gives the rate of a flood", () => {
    expect(saturationRate(1636, 2016, 3360)).toBeCloseTo(1.667, 3);
  });

  test("never makes a ratio of rates smaller, nor larger than one for less than the whole", () => {
    const lam = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), lam, (ratio, rate) => {
        const active = activeRatio(ratio, rate);
        expect(active).toBeGreaterThanOrEqual(ratio - 1e-12);
        expect(active).toBeLessThanOrEqual(1);
      }),
    );
  });
});
