import { DAY, HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import type { DeploymentFact } from "../../facts.ts";
import { FIX, LIVE, NOW, OLD } from "../../testing/world.ts";
import type { ExposureHistory } from "../sources.ts";
import { reconcile } from "./reconcile.ts";
import type { Placements } from "./traffic.ts";

const fix = { kind: "merged", commit: FIX, at: NOW - DAY, attempt: 1, pullRequest: 40 } as const;
const live = (hours: number): DeploymentFact => ({
  state: "live",
  source: "github",
  sha: LIVE,
  since: NOW - hours * HOUR,
});
const absent: DeploymentFact = { state: "absent", sha: null, detail: "not yet" };

/** A day of traffic; of each release the sessions of each of its hours, oldest first, the last value ever after. */
const traffic = (releases: Readonly<Record<string, readonly number[]>>): ExposureHistory => ({
  from: NOW - DAY,
  releases: Object.entries(releases).map(([release, hours]) => ({
    release: release === "none" ? null : release,
    counts: Array.from({ length: 288 }, (_, i) => (hours[Math.floor(i / 12)] ?? hours.at(-1) ?? 0) / 12),
  })),
  other: [],
  sampleRates: [],
  byRelease: true,
});
const placements: Placements = new Map([
  [OLD, { holds: false, by: "commit" }],
  [FIX, { holds: true, by: "commit" }],
  [`api@${OLD}`, { holds: false, by: "commit" }],
  [`api@${FIX}`, { holds: true, by: "commit" }],
  ["1.0.0", { holds: false, by: "order" }],
]);
const settle = (
  located: DeploymentFact,
  releases: Readonly<Record<string, readonly number[]>>,
  more: { readonly known?: number; readonly spokeAt?: number } = {},
) =>
  reconcile(located, fix, {
    exposure: traffic(releases),
    placements,
    listed: new Map(),
    known: null,
    spokeAt: null,
    ...more,
  });

describe("a fix that should be live", () => {
  test("is absent where all traffic lacks it by its commit, with what to look for", () => {
    const settled = settle(live(6), { [OLD]: [100] });
    expect(settled).toMatchObject({ state: "absent", detail: expect.stringContaining("a cache") });
    expect(settled).toMatchObject({ detail: expect.stringContaining("GitHub Deployments says") });
  });

  test("is rolled back where traffic had it before", () => {
    const back = { [FIX]: [...new Array(20).fill(100), 0], [OLD]: [...new Array(20).fill(0), 100] };
    expect(settle(live(10), back)).toMatchObject({ state: "rolled-back" });
  });

  test.each<[string, Readonly<Record<string, readonly number[]>>]>([
    ["a part of the traffic has it", { [OLD]: [100], [FIX]: [1] }],
    ["versions alone speak against it", { "1.0.0": [100] }],
    ["much of the traffic names no release", { [OLD]: [100], none: [20] }],
    ["hardly anybody is there", { [OLD]: [2] }],
    ["another app says so", { [`api@${OLD}`]: [100] }],
  ])("stays live where %s", (_, releases) => {
    expect(settle(live(6), releases)).toEqual(live(6));
  });

  test("is given an hour to reach visitors", () => {
    expect(settle(live(1), { [OLD]: [100] })).toEqual(live(1));
  });
});

describe("a fix that should not be live", () => {
  const since = NOW - 4 * HOUR;
  const taken = { [OLD]: [...new Array(20).fill(100), 0], [FIX]: [...new Array(20).fill(0), 100] };

  test("is live since most traffic has it", () => {
    expect(settle(absent, taken)).toEqual({ state: "live", source: "traffic", sha: FIX, since });
  });

  test("is live since the instant that was written down within that hour", () => {
    expect(settle(absent, taken, { known: since + 7 * BUCKET })).toMatchObject({ since: since + 7 * BUCKET });
    expect(settle(absent, taken, { known: since - DAY })).toMatchObject({ since });
  });

  test("is live through an hour that has less of it by chance, and not through one that surely has", () => {
    const dip = (fixed: number) => ({
      [FIX]: [...new Array(20).fill(0), 60, fixed, 80],
      [OLD]: [...new Array(20).fill(100), 40, 100 - fixed, 20],
    });
    expect(settle(absent, dip(45))).toMatchObject({ since });
    expect(settle(absent, dip(20))).toMatchObject({ since: NOW - 2 * HOUR });
  });

  test("is live since the first traffic that has it, however long nobody was there before", () => {
    const empty = { [OLD]: [...new Array(12).fill(100), 0], [FIX]: [...new Array(20).fill(0), 100] };
    expect(settle(absent, empty)).toMatchObject({ since });
    expect(settle(absent, empty, { known: NOW - 6 * HOUR })).toMatchObject({ since: NOW - 6 * HOUR });
  });

  test("is live through hours in which nobody is there", () => {
    const night = { ...taken, [FIX]: [...new Array(20).fill(0), 100, 0, 100] };
    expect(settle(absent, night)).toMatchObject({ since });
  });

  test.each<[string, Readonly<Record<string, readonly number[]>>]>([
    ["a half of the traffic has it", { [OLD]: [50], [FIX]: [50] }],
    ["only another app has it", { [OLD]: [50], [`api@${FIX}`]: [500] }],
    ["hardly anybody is there", { [FIX]: [2] }],
  ])("stays absent where %s", (_, releases) => {
    expect(settle(absent, releases)).toBe(absent);
  });

  test.each(["rolled-back", "reverted", "suspected"] as const)(
    "stays %s while clients keep it, unless all that is there has it",
    (state) => {
      const back: DeploymentFact = { state, sha: FIX, detail: "went back" };
      expect(settle(back, { [OLD]: [30], [FIX]: [70] })).toBe(back);
      expect(settle(back, taken)).toMatchObject({ state: "live" });
      expect(settle(back, taken, { spokeAt: NOW - HOUR })).toBe(back);
    },
  );
});
