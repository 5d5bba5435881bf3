import { DAY, HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignAnchor, countByBucket, layOutBuckets } from "./buckets.ts";
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
