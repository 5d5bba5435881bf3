import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { anIdentity, errorsEvery, history, NOW, SETTINGS, steadyTraffic } from "../../testing/world.ts";
import type { Counting } from "../errors/count.ts";
import type { ErrorHistory, ErrorIdentity, ExposureHistory } from "../sources.ts";
import { type CountedNeighbour, judgeSiblings } from "./decide.ts";

const anchor = NOW - 10 * HOUR;

/** Three errors an hour for a week, none since the deploy ten hours ago. */
const counting = (more: Partial<Counting> = {}): Counting => ({
  anchor,
  onset: NOW - 30 * DAY,
  history: history(10),
  traffic: { source: "sessions", exposure: steadyTraffic() },
  contains: () => undefined,
  now: NOW,
  settings: SETTINGS,
  starts: [],
  ...more,
});

type Points = ErrorHistory["points"];

const neighbour = (points: Points, more: Partial<ErrorIdentity> = {}): CountedNeighbour => ({
  error: anIdentity({ id: "1099", shortId: "SHOP-99", ...more }),
  alike: "place",
  history: { knownFrom: anchor - WEEK, points },
});
const judge = (points: Points, more: Partial<ErrorIdentity> = {}, by = counting()) =>
  judgeSiblings(by, [neighbour(points, more)], new Map([["SHOP-99", 14]])).state;
const before = (step: number) => errorsEvery(step, anchor - WEEK, anchor);
const since = (step: number, release?: string) => errorsEvery(step, anchor + 5 * MINUTE, NOW, release);

describe("an error took the place of this one", () => {
  test("that began with the deploy, as often as this one used to occur", () => {
    const fact = judgeSiblings(counting(), [neighbour(since(20))], new Map([["SHOP-99", 14]]));
    expect(fact).toEqual({
      state: "found",
      shortId: "SHOP-99",
      alike: "place",
      since: anchor + 5 * MINUTE,
      before: 0,
      after: expect.closeTo(3, 0),
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
    expect(judgeSiblings(counting(), pieces.slice(0, 1), new Map()).state).toBe("none");
    expect(judgeSiblings(counting(), pieces, new Map())).toMatchObject({ state: "found", others: 11 });
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
    const busy = counting({ traffic: { source: "sessions", exposure } });
    expect(judge([...before(60), ...since(10)], {}, busy)).toBe("none");
  });

  test("by one that a person archived since it began", () => {
    expect(judge(since(20), { archived: true })).toBe("none");
  });

  test("by one that only clients without the fix raise", () => {
    const from = NOW - 15 * DAY;
    const length = (NOW - from) / (5 * MINUTE);
    const counts = (old: number, next: number) =>
      Array.from({ length }, (_, bucket) => (from + bucket * 5 * MINUTE < anchor ? old : next));
    const exposure: ExposureHistory = {
      from,
      releases: [
        { release: "shop@1", counts: counts(10, 2) },
        { release: "shop@2", counts: counts(0, 8) },
      ],
      other: [],
      sampleRates: [],
      byRelease: true,
    };
    const split = counting({ traffic: { source: "sessions", exposure } });
    expect(judge(since(20, "shop@1"), {}, split)).toBe("none");
    expect(judge(since(20, "shop@2"), {}, split)).toBe("found");
  });

  test("where there is none", () => {
    expect(judgeSiblings(counting(), [], new Map())).toEqual({ state: "none" });
  });
});
