import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { ANCHOR, aCounting, PLACED } from "../../testing/counting.ts";
import { anIdentity, errorsEvery, NOW, steadyTraffic } from "../../testing/world.ts";
import type { ErrorHistory, ErrorIdentity, ExposureHistory } from "../sources.ts";
import { type CountedNeighbour, judgeSiblings, mayHaveRisen } from "./decide.ts";

const anchor = ANCHOR;

type Points = ErrorHistory["points"];

const neighbour = (points: Points, more: Partial<ErrorIdentity> = {}): CountedNeighbour => ({
  error: anIdentity({ id: "1099", shortId: "SHOP-99", ...more }),
  alike: "place",
  history: { knownFrom: anchor - WEEK, points },
});
const judge = (points: Points, more: Partial<ErrorIdentity> = {}, by = aCounting()) =>
  judgeSiblings(by, [neighbour(points, more)], new Map([["SHOP-99", 14]])).state;
const before = (step: number) => errorsEvery(step, anchor - WEEK, anchor);
const since = (step: number, release?: string) => errorsEvery(step, anchor + 5 * MINUTE, NOW, release);

describe("an error took the place of this one", () => {
  test("that began with the deploy, as often as this one used to occur", () => {
    const fact = judgeSiblings(aCounting(), [neighbour(since(20))], new Map([["SHOP-99", 14]]));
    expect(fact).toEqual({
      state: "found",
      shortId: "SHOP-99",
      alike: "place",
      since: anchor + 5 * MINUTE,
      perHour: { before: 0, after: expect.closeTo(3, 0) },
      others: 0,
      incident: 14,
    });
  });

  test("that was known, and rose with the deploy", () => {
    expect(judge([...before(24 * 60), ...since(20)])).toBe("found");
  });

  test("in pieces, each of them small", () => {
    const pieces = Array.from({ length: 12 }, (_, piece) =>
      neighbour(errorsEvery(600, anchor + piece * 20 * MINUTE, NOW), { shortId: `SHOP-${100 + piece}` }),
    );
    expect(judgeSiblings(aCounting(), pieces.slice(0, 1), new Map()).state).toBe("none");
    expect(judgeSiblings(aCounting(), pieces, new Map())).toMatchObject({ state: "found", others: 11 });
  });

  test("though a person had archived it long before", () => {
    expect(judge([...before(24 * 60), ...since(20)], { archived: true })).toBe("found");
  });
});

describe("no error took its place", () => {
  test("by a stray error", () => {
    expect(judge(since(11 * 60))).toBe("none");
  });

  test("by one that is as frequent as before", () => {
    expect(judge([...before(20), ...since(20)])).toBe("none");
  });

  test("by one that rose five hours before the deploy", () => {
    expect(judge([...errorsEvery(10, anchor - 5 * HOUR, anchor), ...since(10)])).toBe("none");
  });

  test("by one that rose as the traffic did", () => {
    const from = NOW - 15 * DAY;
    const exposure: ExposureHistory = {
      ...steadyTraffic(),
      releases: steadyTraffic().releases.map(({ release, counts }) => ({
        release,
        counts: counts.map((count, bucket) => (from + bucket * 5 * MINUTE >= anchor ? 10 * count : count)),
      })),
    };
    const busy = aCounting({ traffic: { source: "sessions", exposure } });
    expect(judge([...before(60), ...since(10)], {}, busy)).toBe("none");
  });

  test("by one that a person archived since it began", () => {
    expect(judge(since(20), { archived: true })).toBe("none");
  });

  test("by one that only clients without the fix raise", () => {
    const from = NOW - 15 * DAY;
    const length = (NOW - from) / (5 * MINUTE);
    const steps = (old: number, next: number) =>
      Array.from({ length }, (_, bucket) => (from + bucket * 5 * MINUTE < anchor ? old : next));
    const releases = [
      { release: "shop@1", counts: steps(10, 2) },
      { release: "shop@2", counts: steps(0, 8) },
    ];
    const exposure = { ...steadyTraffic(), releases, byRelease: true };
    const split = aCounting({ placements: PLACED, traffic: { source: "sessions", exposure } });
    expect(judge(since(20, "shop@1"), {}, split)).toBe("none");
    expect(judge(since(20, "shop@2"), {}, split)).toBe("found");
  });

  test("where there is none", () => {
    expect(judgeSiblings(aCounting(), [], new Map())).toEqual({ state: "none" });
  });
});

test("rough counts tell which errors cannot have risen", () => {
  // Ten hours of a week: one of 17 errors would come since.
  expect(mayHaveRisen(aCounting(), 170, 10)).toBe(false);
  expect(mayHaveRisen(aCounting(), 170, 60)).toBe(true);
  expect(mayHaveRisen(aCounting(), 0, 1)).toBe(true);
});
