import { expect, test } from "vitest";
import { seededRandom } from "../verdicts/draws.ts";
import { COST_LIMITS, keepsLimits, LENGTH, measureCost } from "./measure-cost.ts";

const SEEDS = Array.from({ length: 1_000 }, (_, at) => at + 1);

type Reader = (length: number) => number;
const linear =
  (milliseconds: number): Reader =>
  (length) =>
    milliseconds * (length / LENGTH);
const quadratic =
  (milliseconds: number): Reader =>
  (length) =>
    milliseconds * (length / LENGTH) ** 2;

/** A machine that is slower in stretches, and whose garbage collector comes now and then: up to four times the time. */
function disturb(time: Reader, seed: number): Reader {
  const random = seededRandom(seed);
  let stretch = 1;
  return (length) => {
    if (random() < 0.2) stretch = 1 + random();
    return time(length) * stretch * (random() < 0.3 ? 1 + random() : 1 + random() / 10);
  };
}

const isWithinLimits = (time: Reader): boolean => keepsLimits(measureCost(time), COST_LIMITS);

test("a linear reader keeps the limits, whatever disturbs the machine", () => {
  const missed = SEEDS.filter((seed) => !isWithinLimits(disturb(linear(150), seed)));
  expect(missed).toEqual([]);
});

test("a quadratic reader misses them, whatever disturbs the machine", () => {
  const passed = SEEDS.filter((seed) => isWithinLimits(disturb(quadratic(5), seed)));
  expect(passed).toEqual([]);
});

test("a reader that is too slow misses them, whatever disturbs the machine", () => {
  const passed = SEEDS.filter((seed) => isWithinLimits(disturb(linear(251), seed)));
  expect(passed).toEqual([]);
});

test("a reader that is half quadratic in the longest text misses them", () => {
  expect(isWithinLimits((length) => linear(20)(length) + quadratic(5)(length))).toBe(false);
});

test("a text takes what its quickest round took", () => {
  const time = disturb(linear(150), 1);
  const seen: number[] = [];
  const { milliseconds } = measureCost((length) => {
    const taken = time(length);
    if (length === LENGTH) seen.push(taken);
    return taken;
  });
  expect([milliseconds, seen.length]).toEqual([Math.min(...seen), expect.toSatisfy((count) => count >= 3)]);
});

test("growth is not judged where four times the text takes next to nothing", () => {
  expect(measureCost(quadratic(2))).toEqual({ milliseconds: 2, growth: 0 });
});

test.each([
  ["linear", linear, 2],
  ["quadratic", quadratic, 4],
])("undisturbed, a %s reader grows by its exponent", (_, reader, growth) => {
  expect(measureCost(reader(100)).growth).toBeCloseTo(growth, 6);
});
