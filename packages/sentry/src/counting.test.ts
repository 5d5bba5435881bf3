import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKET_WIDTH, countInto, spreadOver } from "./counting.ts";
import { readInstant, toSentryTime } from "./instants.ts";
import { nextCursor } from "./paging.ts";

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe("counting", () => {
  it("puts each point into the bucket that holds it and leaves out the rest", () => {
    const points = [0, 299_999, 300_000, -1, 900_000].map((at) => ({ at, count: 1 }));
    expect(countInto(points, 0, 900_000, BUCKET_WIDTH).counts).toEqual([2, 1, 0]);
  });

  it("spreads without loss where the window covers the wide buckets", () => {
    const counts = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(counts, (hours) => {
        const wide = { from: 0, interval: 12 * BUCKET_WIDTH, counts: hours };
        const { counts: narrow } = spreadOver(wide, 0, hours.length * 12 * BUCKET_WIDTH, BUCKET_WIDTH);
        expect(sum(narrow)).toBeCloseTo(sum(hours), 6);
      }),
    );
  });
});

describe("times", () => {
  it("go to Sentry in UTC without a zone", () => {
    expect(toSentryTime(new Date("2026-11-21T08:00:00+01:00"))).toBe("2026-11-21T07:00:00");
  });

  it.each([
    "2026-11-21T07:00:00Z",
    "2026-11-21T07:00:00.000000Z",
    "2026-11-21T07:00:00+00:00",
    "2026-11-21T07:00:00",
  ])("come from Sentry as %s", (text) => {
    expect(readInstant(text)).toBe(Date.UTC(2026, 10, 21, 7));
  });

  it.each([null, undefined, "", "soon"])("are unknown as %j", (text) => {
    expect(readInstant(text)).toBeUndefined();
  });
});

describe("a Link header", () => {
  const entry = (rel: string, results: boolean) =>
    `<https://sentry.io/api/0/x/?a=1,2&cursor=0:100:0>; rel="${rel}"; results="${results}"; cursor="0:100:0"`;

  it.each([
    [`${entry("previous", false)}, ${entry("next", true)}`, "0:100:0"],
    [`${entry("previous", true)}, ${entry("next", false)}`, undefined],
    [null, undefined],
  ])("goes on only where there are results", (link, cursor) => {
    expect(nextCursor(link)).toBe(cursor);
  });
});
