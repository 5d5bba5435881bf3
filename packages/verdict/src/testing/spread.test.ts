import { HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUCKET } from "../rule.ts";
import { MIDNIGHT as START } from "./latency.ts";
import { spreadOverBuckets } from "./spread.ts";

const row = (length: number) => ({ start: START, length });

describe("exposure of other intervals", () => {
  test("an hour of 120 sessions is 10 in each of its buckets", () => {
    expect(spreadOverBuckets([{ start: START, end: START + HOUR, value: 120 }], row(12))).toEqual(
      new Array(12).fill(10),
    );
  });

  test("buckets that nothing covers wholly are unknown, not empty", () => {
    const known = { start: START + BUCKET / 2, end: START + 2 * BUCKET, value: 3 };
    expect(spreadOverBuckets([known], row(3))).toEqual([Number.NaN, 2, Number.NaN]);
  });

  test("an unknown interval makes the buckets that it touches unknown", () => {
    const intervals = [
      { start: START, end: START + BUCKET, value: 4 },
      { start: START + BUCKET, end: START + 2 * BUCKET, value: Number.NaN },
    ];
    expect(spreadOverBuckets(intervals, row(2))).toEqual([4, Number.NaN]);
  });

  test("what is spread adds up to what there was", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 30 }),
        (values) => {
          const hourly = values.map((value, i) => ({
            start: START + i * HOUR,
            end: START + (i + 1) * HOUR,
            value,
          }));
          const total = spreadOverBuckets(hourly, row(values.length * 12)).reduce((sum, x) => sum + x, 0);
          expect(total).toBeCloseTo(
            values.reduce((sum, x) => sum + x, 0),
            6,
          );
        },
      ),
    );
  });
});
