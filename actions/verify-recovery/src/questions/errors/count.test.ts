import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import type { ErrorsFact } from "../../facts.ts";
import { ANCHOR, aCounting, PLACED } from "../../testing/counting.ts";
import { errorsEvery, history, NOW, steadyTraffic } from "../../testing/world.ts";
import type { ExposureHistory } from "../sources.ts";
import { type Counting, summariseErrors } from "./count.ts";

const anchor = ANCHOR;
const from = NOW - 15 * DAY;
const length = (NOW - from) / BUCKET;
const deployIndex = (anchor - from) / BUCKET;
const steps = (before: number, after: number) =>
  Array.from({ length }, (_, i) => (i < deployIndex ? before : after));

/** Before the deploy all traffic is of shop@1; after it a tenth still is. */
const byRelease: ExposureHistory = {
  from,
  releases: [
    { release: "shop@1", counts: steps(10, 1) },
    { release: "shop@2", counts: steps(0, 9) },
  ],
  other: [],
  sampleRates: [],
  byRelease: true,
};

const counting = (more: Partial<Counting> = {}): Counting =>
  aCounting({
    traffic: { source: "sessions", exposure: byRelease },
    placements: PLACED,
    ...more,
  });

function summaryOf(fact: ErrorsFact) {
  if (fact.state !== "counted") throw new Error(fact.detail);
  return fact.summary;
}
const count = (more: Partial<Counting> = {}) => summaryOf(summariseErrors(counting(more)));
const withErrors = (release: string | null, step = 30) => ({
  ...history(10),
  points: [...history(10).points, ...errorsEvery(step, anchor + 5 * MINUTE, NOW - HOUR, release)],
});

describe("errors and exposure since the deploy", () => {
  test("errors of old clients count neither, nor does their traffic", () => {
    const { c, E } = count({ history: withErrors("shop@1") });
    expect(c).toBe(0);
    expect(E).toBe(9 * 119);
  });

  test("old clients are what the others are compared with, by their own traffic", () => {
    const { control } = count({ history: withErrors("shop@1") });
    expect(control?.seen).toBe(18);
    expect(control?.expected).toBeGreaterThan(0);
    expect(count({ history: withErrors("shop@2") }).control).toMatchObject({
      seen: 0,
      expected: control?.expected,
    });
  });

  test("old clients are compared with nothing where traffic is not known by release, or of the clock alone", () => {
    expect(count({ traffic: { source: "clock" } }).control).toBeUndefined();
    const traffic = { source: "posthog", exposure: steadyTraffic() } as const;
    expect(count({ traffic }).control).toBeUndefined();
  });

  test("releases of another app are no measure where no error names its release", () => {
    const admin = { release: "admin@7", counts: steps(30, 30) };
    const exposure = { ...byRelease, releases: [...byRelease.releases, admin] };
    const nameless = {
      ...history(10),
      points: history(10).points.map((point) => ({ ...point, release: null })),
    };
    expect(count({ traffic: { source: "sessions", exposure }, history: nameless }).control).toBeUndefined();
    const named = withErrors("shop@1");
    expect(count({ traffic: { source: "sessions", exposure }, history: named }).control).toBeDefined();
  });

  test("errors of the new release count, and so do those without a release", () => {
    expect(count({ history: withErrors("shop@2") }).c).toBe(18);
    expect(count({ history: withErrors(null) }).c).toBe(18);
  });

  test("errors of old releases count where traffic cannot be split", () => {
    const traffic = { source: "posthog", exposure: steadyTraffic() } as const;
    expect(count({ traffic, history: withErrors("shop@1") }).c).toBe(18);
  });

  test("are those of all clients, and so is the traffic, where most errors name no release", () => {
    expect(count({ history: withErrors(null) })).toMatchObject({ c: 18, E: 10 * 119 });
    const stray = { ...history(10), points: [...history(10).points, ...withErrors(null).points.slice(-3)] };
    expect(count({ history: stray })).toMatchObject({ c: 3, E: 9 * 119 });
  });

  test("errors without a release disprove nothing while old releases may have raised them", () => {
    const nameless = summariseErrors(counting({ history: withErrors(null) }));
    expect(nameless).toMatchObject({ possiblyFixed: 0 });
    expect(summariseErrors(counting({ history: withErrors("shop@2") }))).toMatchObject({ possiblyFixed: 18 });
  });

  test("errors without a release disprove it once old releases are gone", () => {
    const exposure = { ...byRelease, releases: [{ release: "shop@2", counts: steps(10, 10) }] };
    const fact = summariseErrors(
      counting({ traffic: { source: "sessions", exposure }, history: withErrors(null) }),
    );
    expect(fact).toMatchObject({ possiblyFixed: 18 });
  });

  test("the baseline counts every release", () => {
    expect(count()).toMatchObject({ active0: 504, E0: 20160, known0: 2016 });
  });
});

describe("the baseline", () => {
  test("begins at the onset of a young issue", () => {
    const onset = anchor - 6 * HOUR;
    expect(count({ onset })).toMatchObject({ known0: 72, first: true });
  });

  test("begins with the regression, not with the quiet between it and the close that it broke", () => {
    const onset = anchor - 5 * DAY;
    const points = errorsEvery(20, anchor - 6 * HOUR, anchor);
    const regressed = { knownFrom: onset, points };
    expect(count({ onset, history: regressed })).toMatchObject({ known0: 72, active0: 18, first: true });
  });

  test("that was cut short begins where the data starts", () => {
    const points = errorsEvery(20, anchor - 2 * DAY, anchor);
    const truncated = { knownFrom: anchor - 2 * DAY, points };
    expect(count({ history: truncated })).toMatchObject({ known0: 2 * 288, first: true });
  });
});

describe("deployments before the fix", () => {
  const young = { knownFrom: anchor - 28 * HOUR, points: errorsEvery(6, anchor - 28 * HOUR, anchor) };
  const onset = anchor - 28 * HOUR;

  test("show how long the error took to begin, and hold recovery up for as long", () => {
    const { uptime, shut } = count({ onset, history: young, starts: [anchor - 48 * HOUR, anchor] });
    expect(uptime).toEqual({ began: 20, needed: 25, missing: 15, once: true });
    expect(shut).toEqual(["uptime"]);
  });

  test("do not begin the wait anew after it, if the error began late only once", () => {
    const starts = [anchor - 48 * HOUR, anchor, NOW - 2 * HOUR];
    expect(count({ onset, history: young, starts }).uptime?.missing).toBe(15);
  });

  test("show nothing of it where the first errors were too many to be read", () => {
    const truncated = { ...young, knownFrom: onset + HOUR };
    expect(count({ onset, history: truncated, starts: [anchor - 48 * HOUR] }).uptime).toBeUndefined();
  });

  test("begin the baseline if the rate changed", () => {
    const changed = anchor - 3 * DAY;
    const points = [...errorsEvery(20, anchor - 8 * DAY, changed), ...errorsEvery(120, changed, anchor)];
    const cut = count({ history: { knownFrom: anchor - 7 * DAY, points }, starts: [changed] });
    expect(cut).toMatchObject({ known0: 3 * 288, active0: 36, first: false });
    const kept = count({ starts: [changed] });
    expect(kept.known0).toBe(2016);
  });
});

describe("comparability", () => {
  const rates = (before: number, after: number): ExposureHistory => ({
    ...steadyTraffic(),
    sampleRates: steps(before, after),
  });

  test("a sampling rate that changed with the deploy shuts the gate", () => {
    const traffic = (exposure: ExposureHistory) => ({ source: "spans", exposure }) as const;
    expect(count({ traffic: traffic(rates(0.1, 0.5)) }).shut).toEqual(["sameSampling"]);
    expect(count({ traffic: traffic(rates(0.1, 0.11)) }).shut).toEqual([]);
  });

  test("time that no traffic is known for lowers the coverage", () => {
    const short = {
      ...byRelease,
      releases: byRelease.releases.map(({ release, counts }) => ({ release, counts: counts.slice(0, -60) })),
    };
    const { known, buckets } = count({ traffic: { source: "sessions", exposure: short } });
    expect([known, buckets]).toEqual([60, 119]);
  });

  test("the clock counts hours", () => {
    expect(count({ traffic: { source: "clock" } })).toMatchObject({ clock: true, E: 119, E0: 2016 });
  });
});
