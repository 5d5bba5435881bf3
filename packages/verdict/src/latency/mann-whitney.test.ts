import fc from "fast-check";
import { expect, test } from "vitest";
import { compareRanks } from "./mann-whitney.ts";

const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 });

test("the effect size is the share of pairs in which the later value is higher, ties half", () => {
  fc.assert(
    fc.property(values, values, (earlier, later) => {
      const pairs = earlier.flatMap((a) => later.map((b) => (b > a ? 1 : b === a ? 0.5 : 0)));
      const share = pairs.reduce<number>((sum, won) => sum + won, 0) / pairs.length;
      expect(compareRanks(earlier, later).effect).toBeCloseTo(share, 9);
    }),
  );
});

test("the other way round the sign turns", () => {
  fc.assert(
    fc.property(values, values, (earlier, later) => {
      expect(compareRanks(later, earlier).z).toBeCloseTo(-compareRanks(earlier, later).z, 9);
    }),
  );
});

test("U = 25 of 25 pairs gives 2.61 standard errors", () => {
  expect(compareRanks([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).z).toBeCloseTo(2.611, 3);
});

test("equal values, or none, tell nothing", () => {
  expect(compareRanks([3, 3, 3], [3, 3]).z).toBe(0);
  expect(compareRanks([], [1]).z).toBe(0);
});
