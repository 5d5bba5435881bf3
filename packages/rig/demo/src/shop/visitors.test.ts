import { expect, test } from "vitest";
import { makeDice, makeVisits, withFullCarts } from "./visitors.ts";

const manySteps = (seed: number, count: number) => {
  const dice = makeDice(seed);
  return Array.from({ length: count }, () => makeVisits(dice));
};

const isOdd = (coupon: string | undefined) => coupon === "WINTER" || coupon === "spring";

test("the same seed brings the same visitors, another seed brings others", () => {
  expect(manySteps(3, 20)).toEqual(manySteps(3, 20));
  expect(manySteps(3, 20)).not.toEqual(manySteps(4, 20));
});

test("two to four visitors come in five minutes", () => {
  const counts = manySteps(1, 500).map((visits) => visits.length);
  expect([Math.min(...counts), Math.max(...counts)]).toEqual([2, 4]);
});

test("about five times an hour somebody types a coupon that the shop does not find, one of two in small letters", () => {
  const odd = manySteps(1, 5_000).flatMap((visits) => visits.filter(({ coupon }) => isOdd(coupon)));
  expect(odd.length / (5_000 / 12)).toBeCloseTo(5, 0);
  expect(odd.filter(({ coupon }) => coupon === "spring").length / odd.length).toBeCloseTo(0.5, 1);
});

test("full carts hold three to six articles of the same visitors", () => {
  const dice = makeDice(1);
  const visits = makeVisits(dice);
  const full = Array.from({ length: 200 }, () => withFullCarts(visits, dice)).flat();
  const sizes = full.map(({ items }) => items.length);
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([3, 6]);
  expect(full[0]?.visitor).toBe(visits[0]?.visitor);
});
