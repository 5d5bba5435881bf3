import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { FIX, NOW, OLD } from "../../testing/world.ts";
import { type Placing, placeReleases } from "./order.ts";

const anchor = NOW - 5 * HOUR;
const merged = anchor - 4 * HOUR;
const place = (seen: Readonly<Record<string, number>>, more: Partial<Placing> = {}) => {
  const sightings = Object.entries(seen).map(([release, at]) => ({ release, at }));
  const placing: Placing = {
    merged,
    anchor,
    contains: () => undefined,
    listed: new Map(),
    deployments: [],
    ...more,
  };
  return Object.fromEntries([...placeReleases(sightings, placing)].map(([name, { holds }]) => [name, holds]));
};
const listed = (release: string, more: object) =>
  new Map([[release, { release, commit: null, born: null, released: null, ...more }]]);
const old = { "shop@1.0.0": anchor - 7 * DAY };

describe("a release holds the fix", () => {
  test("by the commit in its name", () => {
    const contains = (head: string) => head === FIX;
    expect(place({ [`shop@${FIX}`]: anchor, [OLD]: anchor }, { contains })).toEqual({
      [`shop@${FIX}`]: true,
      [OLD]: false,
    });
  });

  test("by the commit that Sentry knows", () => {
    const more = { contains: () => false, listed: listed("shop@2.0.0", { commit: OLD }) };
    expect(place({ ...old, "shop@2.0.0": anchor }, more)).toMatchObject({ "shop@2.0.0": false });
  });

  test("if it came with the deploy, and not if it was there before the merge", () => {
    expect(place({ ...old, "shop@2.0.0": anchor + HOUR })).toEqual({
      "shop@1.0.0": false,
      "shop@2.0.0": true,
    });
  });

  test("if it was first seen between merge and deploy and the deploy brought no other", () => {
    const beta = { ...old, "shop@2.0.0": anchor - 3 * HOUR };
    expect(place(beta)).toMatchObject({ "shop@2.0.0": true });
    expect(place({ ...beta, "shop@2.1.0": anchor })).toMatchObject({
      "shop@2.0.0": null,
      "shop@2.1.0": true,
    });
  });

  test("not if Sentry knew it before the merge, though traffic came later", () => {
    const more = { listed: listed("shop@2.0.0", { born: merged - DAY }) };
    expect(place({ ...old, "shop@2.0.0": anchor + HOUR }, more)).toMatchObject({ "shop@2.0.0": false });
  });

  test("if it was released with the deploy, though a few had it before", () => {
    const more = { listed: listed("shop@2.0.0", { released: anchor }) };
    const seen = { ...old, "shop@2.0.0": anchor - 3 * HOUR, "shop@1.9.0": anchor };
    expect(place(seen, more)).toMatchObject({ "shop@2.0.0": true });
  });

  test("if its version is later than one that holds it, and not if it is earlier than one that lacks it", () => {
    const contains = (head: string) => head === FIX;
    const rows = [...listed("shop@2.0.0", { commit: FIX }), ...listed("shop@1.5.0", { commit: OLD })];
    const seen = { "shop@2.0.0": merged, "shop@1.5.0": merged, "shop@2.0.1": merged, "shop@1.4.9": anchor };
    expect(place(seen, { contains, listed: new Map(rows), anchor: null })).toMatchObject({
      "shop@2.0.1": true,
      "shop@1.4.9": false,
    });
  });
});

describe("what is counted by the hour", () => {
  const placeCounted = (at: number) => {
    const sightings = [
      { release: "shop@1.0.0", at: anchor - 7 * DAY, within: HOUR },
      { release: "shop@1.1.0", at, within: HOUR },
      { release: "shop@1.2.0", at: anchor },
    ];
    const contains = () => undefined;
    const placing = { merged, anchor, contains, listed: new Map(), deployments: [] };
    return placeReleases(sightings, placing).get("shop@1.1.0")?.holds;
  };

  test.each([
    ["the merge may be older than", merged - HOUR / 2, null],
    ["the merge is younger than", merged - HOUR - 1, false],
    ["the end of the deploy comes soon after", anchor - HOUR - HOUR / 4, true],
    ["the deploy comes long after", anchor - 2 * HOUR, null],
  ])("%s the release", (_, at, holds) => {
    expect(placeCounted(at)).toBe(holds);
  });
});

describe("a hotfix of an older version holds the fix", () => {
  const seen = { "shop@1.5.0": anchor - 7 * DAY, "shop@1.4.9": anchor };
  const hotfix = listed("shop@1.4.9", { born: anchor });

  test("if Sentry lists it as new", () => {
    expect(place(seen, { listed: hotfix })).toMatchObject({ "shop@1.4.9": true });
  });

  test("also beside a later version that lacks it by its commit", () => {
    const rows = new Map([...hotfix, ...listed("shop@1.5.0", { commit: OLD })]);
    const contains = (head: string) => head === FIX;
    expect(place(seen, { listed: rows, contains })).toMatchObject({ "shop@1.4.9": true });
  });
});

describe("nothing is known", () => {
  test("of a version below one from before the merge that is first seen after the deploy", () => {
    const seen = { ...old, "shop@2.0.0": anchor, "shop@0.9.0": anchor + HOUR };
    expect(place(seen)).toMatchObject({ "shop@2.0.0": true, "shop@0.9.0": null });
  });

  test("of a name without a version, nor of one that outlived two deployments", () => {
    expect(place({ shop: anchor - 7 * DAY })).toEqual({ shop: null });
    const deployments = [OLD, FIX].map((sha, i) => ({ sha, from: anchor - (i + 1) * DAY }));
    expect(place(old, { deployments })).toEqual({ "shop@1.0.0": null });
  });

  test("of a version that came after the merge while nothing is deployed", () => {
    expect(place({ ...old, "shop@2.0.0": merged + HOUR }, { anchor: null })).toMatchObject({
      "shop@2.0.0": null,
    });
  });

  test("of what was there before a deployment that nobody called a fix", () => {
    expect(place({ ...old, "shop@2.0.0": anchor }, { merged: null })).toEqual({
      "shop@1.0.0": null,
      "shop@2.0.0": true,
    });
  });

  test("by the versions of another app", () => {
    const rows = listed("api@1.0.0", { commit: FIX });
    const seen = { "api@1.0.0": merged, "web@2.0.0": merged };
    expect(place(seen, { contains: () => true, listed: rows, anchor: null })).toMatchObject({
      "web@2.0.0": null,
    });
  });
});
