import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "./rule.ts";
import { findGoneTraffic } from "./traffic-gone.ts";

/** A Thursday at noon. */
const DEPLOY = Date.parse("2026-11-19T12:00:00Z");
const START = DEPLOY - BUCKETS_PER_WEEK * 300_000;

const play = (before: readonly number[], since: readonly number[]) =>
  findGoneTraffic([...before, ...since], before.length, START);
const week = (perBucket: number): number[] => new Array<number>(BUCKETS_PER_WEEK).fill(perBucket);
const silence = (buckets: number): number[] => new Array<number>(buckets).fill(0);

test("the chance of silence is Poisson's where counts scatter as chance does", () => {
  const gone = play(week(3), [3, 3, ...silence(6)]);
  expect(gone?.logChance).toBeCloseTo(-18, 5);
  expect(gone).toMatchObject({ since: BUCKETS_PER_WEEK + 2 });
});

test("it is found at one in a million, and not before", () => {
  expect(play(week(3), [3, ...silence(4)])).toBeUndefined();
  expect(play(week(3), [3, ...silence(5)])).toBeDefined();
});

test("counts that scatter more need a longer silence", () => {
  const bursts = week(0).map((_, i) => (i % BUCKETS_PER_HOUR < 2 && Math.floor(i / 12) % 3 === 0 ? 54 : 0));
  expect(play(bursts, [54, ...silence(6)])).toBeUndefined();
});

test("one visit ends it, wherever it is in the silence", () => {
  const counts = fc.record({ length: fc.integer({ min: 6, max: 60 }), at: fc.nat() });
  fc.assert(
    fc.property(counts, ({ length, at }) => {
      const since = [3, ...silence(length)];
      expect(play(week(3), since)).toBeDefined();
      const end = since.length;
      since[end - 1 - (at % 4)] = 1;
      expect(play(week(3), since)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

/** mulberry32: the same row for the same seed. */
function makeDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("two days by chance, at any rate and by day and night, are never taken for it", () => {
  for (const mean of [0.05, 0.3, 1, 4]) {
    const dice = makeDice(Math.round(mean * 100));
    const draw = (rate: number): number => {
      let [count, left] = [0, Math.exp(-rate)];
      for (let product = dice(); product > left; product *= dice()) count++;
      return count;
    };
    const rateAt = (i: number): number => mean * (1 + 0.9 * Math.sin((2 * Math.PI * i) / 288));
    const counts = Array.from({ length: BUCKETS_PER_WEEK + 576 }, (_, i) => draw(rateAt(i)));
    for (let looks = 6; looks <= 576; looks += 6)
      expect(
        play(counts.slice(0, BUCKETS_PER_WEEK), counts.slice(BUCKETS_PER_WEEK, BUCKETS_PER_WEEK + looks)),
      ).toBeUndefined();
  }
});
