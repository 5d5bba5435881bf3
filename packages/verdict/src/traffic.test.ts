import { describe, expect, test } from "vitest";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "./rule.ts";
import { WEEK } from "./testing/incidents.ts";
import { isTrafficAlive } from "./traffic.ts";

const flat = (length: number, x: number) => new Array<number>(length).fill(x);
const hours = (count: number) => count * BUCKETS_PER_HOUR;
/** A shop that is open from noon to midnight; the deploy is at midnight. */
const days = flat(WEEK, 0).map((_, i) => (i % BUCKETS_PER_DAY < BUCKETS_PER_DAY / 2 ? 0 : 10));

describe("whether there is traffic", () => {
  test("traffic that stopped an hour ago is not alive", () => {
    expect(isTrafficAlive(flat(WEEK, 10), [...flat(hours(2), 10), ...flat(hours(1), 0)])).toBe(false);
  });

  test("a tenth of the usual traffic is alive", () => {
    expect(isTrafficAlive(flat(WEEK, 10), flat(hours(2), 1))).toBe(true);
  });

  test("a quiet night is judged by the day before it", () => {
    const openThenClosed = [...flat(hours(12), 0), ...flat(hours(12), 10), ...flat(hours(6), 0)];
    expect(isTrafficAlive(days, openThenClosed)).toBe(true);
  });

  test("a day without the traffic that is usual by day is not alive", () => {
    expect(isTrafficAlive(days, flat(hours(14), 0))).toBe(false);
  });

  test("an app that is half a day old is not expected to be as silent as before it was there", () => {
    const young = [...flat(WEEK - hours(12), 0), ...flat(hours(12), 10)];
    expect(isTrafficAlive(young, flat(hours(2), 0))).toBe(false);
    expect(isTrafficAlive(young, flat(hours(2), 10))).toBe(true);
  });

  test("a weekend at the start of the week before does not hide the weekend to come", () => {
    const working = flat(WEEK, 10).map((x, i) => (i < 2 * BUCKETS_PER_DAY ? 0 : x));
    expect(isTrafficAlive(working, flat(hours(24), 0))).toBeNull();
  });

  test("nothing is said where nothing is known or to be expected", () => {
    expect(isTrafficAlive(flat(WEEK, 10), flat(hours(2), Number.NaN))).toBeNull();
    expect(isTrafficAlive(days, flat(hours(3), 0))).toBeNull();
    expect(isTrafficAlive([], flat(3, 0))).toBeNull();
  });
});
