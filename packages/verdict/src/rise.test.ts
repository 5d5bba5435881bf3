import { describe, expect, test } from "vitest";
import { hasRisen } from "./rise.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";

const WEEK = 7 * 24;
/** Steady traffic over some hours, with `perHour` errors in each, the first ones of an hour in one bucket. */
const hours = (length: number, perHour: (hour: number) => number, exposure = 10) => ({
  events: Array.from({ length: length * BUCKETS_PER_HOUR }, (_, bucket) =>
    bucket % BUCKETS_PER_HOUR === 0 ? perHour(bucket / BUCKETS_PER_HOUR) : 0,
  ),
  exposure: new Array<number>(length * BUCKETS_PER_HOUR).fill(exposure),
});
const onceADay = (hour: number) => (hour % 24 === 0 ? 1 : 0);

describe("another error has risen with the deploy", () => {
  const few = hours(WEEK, onceADay);
  const many = hours(WEEK, () => 100);
  const ten = hours(3, () => 10);
  const twiceADay = hours(24, (hour) => (hour % 12 === 0 ? 1 : 0));
  const aThousand = hours(3, () => 1_000);
  const aFewMore = hours(24, () => 120);

  test("within hours, from one a day to ten an hour as from a hundred an hour to a thousand", () => {
    expect([hasRisen(few, ten), hasRisen(many, aThousand)]).toEqual([true, true]);
  });

  test("not by a few errors more", () => {
    expect([hasRisen(few, twiceADay), hasRisen(many, aFewMore)]).toEqual([false, false]);
  });

  test("not where it rose as the traffic did", () => {
    expect(
      hasRisen(
        hours(WEEK, () => 10),
        hours(12, () => 50, 50),
      ),
    ).toBe(false);
  });

  test("not where it had risen five hours before", () => {
    const baseline = hours(WEEK, (hour) => (hour >= WEEK - 5 ? 10 : 0));
    expect(
      hasRisen(
        baseline,
        hours(12, () => 10),
      ),
    ).toBe(false);
  });

  test("not by one burst such as it used to come in", () => {
    const bursts = hours(WEEK, (hour) => (hour % 24 === 0 ? 60 : 0));
    expect(
      hasRisen(
        bursts,
        hours(5, (hour) => (hour === 1 ? 60 : 0)),
      ),
    ).toBe(false);
  });

  test("not where nothing is known of the time before, or of the traffic since", () => {
    expect(
      hasRisen(
        hours(0, () => 0),
        hours(3, () => 10),
      ),
    ).toBe(false);
    expect(
      hasRisen(
        hours(WEEK, onceADay),
        hours(3, () => 10, Number.NaN),
      ),
    ).toBe(false);
  });
});
