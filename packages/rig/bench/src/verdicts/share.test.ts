import { expect, test } from "vitest";
import { percent, wilsonInterval } from "./share.ts";

test("Wilson's interval of 81 in 263 is the published one", () => {
  const [low, high] = wilsonInterval({ count: 81, of: 263 });
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(["0.2553", "0.3662"]); // Newcombe, 1998, table I
});

test("none in 2,000 may still be one in 500", () => {
  const [low, high] = wilsonInterval({ count: 0, of: 2_000 });
  expect(low).toBe(0);
  expect(high).toBeCloseTo(0.0019, 4);
});

test("nothing tried is nothing known", () => {
  expect(wilsonInterval({ count: 0, of: 0 })).toEqual([0, 1]);
});

test("small shares are told with more digits", () => {
  expect([0, 0.0005, 0.125, 0.9995, 1].map(percent)).toEqual(["0 %", "0.05 %", "12.5 %", "99.95 %", "100 %"]);
});
