import { DAY, HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignAnchor, countByBucket, layOutBuckets, spreadOverBuckets } from "./buckets.ts";
import { BUCKET } from "./rule.ts";

const START = 1_799_999_700_000;
const row = (length: number) => ({ start: START, length });

describe("buckets around a deploy", () => {
  test("the anchor is the next full five minutes", () => {
    expect(alignAnchor(START)).toBe(START);
    expect(alignAnchor(START + 1)).toBe(START + BUCKET);
  });

  test("only complete buckets are counted since the deploy", () => {
    expect(layOutBuckets(START, START - HOUR, START + 2 * BUCKET - 1).since).toEqual(row(1));
    expect(layOutBuckets(START, START - HOUR, START - HOUR).since.length).toBe(0);
  });

  test("the onset lies in the first bucket of a young baseline", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 * DAY }), (age) => {
        const { baseline } = layOutBuckets(START, START - age, START);
        const into = START - age - baseline.start;
        expect(into).toBeGreaterThanOrEqual(0);
        expect(into).toBeLessThan(BUCKET);
      }),
    );
  });

  test("an issue that began after the deploy has no baseline", () => {
    expect(layOutBuckets(START, START + 1, START + HOUR).baseline.length).toBe(0);
  });
});

describe("counts by bucket", () => {
  test("an error on the border belongs to the later bucket, and one outside to none", () => {
    const instants = [START - 1, START, START + BUCKET - 1, START + BUCKET, START + 3 * BUCKET];
    expect(
      countByBucket(
        instants.map((at) => ({ at, count: 2 })),
        row(3),
      ),
    ).toEqual([4, 2, 0]);
  });
});

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
