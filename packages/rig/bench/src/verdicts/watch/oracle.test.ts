import { expect, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { measureOracle } from "./oracle.ts";

const WORLD = { back: 1 / 3, left: 0.1, begins: [1, 24, 240], within: 120, found: 0.9, watched: 90 * 24 };
const measure = (perHour: number, change: Partial<typeof WORLD> = {}) =>
  measureOracle({ ...WORLD, perHour, ...change }, 1_000, seededRandom(1));

test("an oracle is never wrong where there are many errors", () => {
  expect(measure(5)).toBe(0);
});

test("an oracle is wrong more often where there are few", () => {
  expect(measure(0.5)).toBeGreaterThan(0.005);
});

test("an oracle that must find less is wrong less often", () => {
  expect(measure(0.5, { found: 0.5 })).toBeLessThan(measure(0.5));
});

test("what is left at the rate of a relapse is called back as often as a relapse", () => {
  expect(measure(0.5, { left: 1 / 3 - 1e-9, begins: [0], watched: 120 })).toBeCloseTo(0.9, 1);
});
