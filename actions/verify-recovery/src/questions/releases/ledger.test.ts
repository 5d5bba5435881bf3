import { DAY, HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { errorsEvery, NOW } from "../../testing/world.ts";
import type { ExposureHistory } from "../sources.ts";
import { type Bookkeeping, keepLedger } from "./ledger.ts";

const anchor = NOW - 12 * HOUR;
const from = NOW - 15 * DAY;
const length = (NOW - from) / BUCKET;
/** Counts of so many an hour before and since the deploy. */
const steps = (before: number, since: number) =>
  Array.from({ length }, (_, i) => (from + i * BUCKET < anchor ? before : since) / 12);

/** Since the deploy a quarter of the traffic is of the old release, which crashes six times an hour, as before. */
const exposure = (others: ExposureHistory["releases"] = []): ExposureHistory => ({
  from,
  releases: [
    { release: "shop@1", counts: steps(240, 60) },
    { release: "shop@2", counts: steps(0, 180) },
    ...others,
  ],
  other: [],
  sampleRates: [],
  byRelease: true,
});
const week = errorsEvery(10, anchor - 7 * DAY, anchor);
const books = (more: Partial<Bookkeeping> = {}): Bookkeeping => ({
  anchor,
  onset: NOW - 30 * DAY,
  history: {
    knownFrom: anchor - 7 * DAY,
    points: [...week, ...errorsEvery(10, anchor, NOW, "shop@1"), ...errorsEvery(120, anchor, NOW, null)],
  },
  traffic: { source: "sessions", exposure: exposure() },
  placements: new Map([
    ["shop@1", { holds: false, by: "commit" }],
    ["shop@2", { holds: true, by: "order" }],
  ]),
  until: NOW,
  dispersion: 1,
  ...more,
});

describe("the ledger of releases", () => {
  test("counts what each raises and how much traffic it has since the deploy", () => {
    expect(keepLedger(books())).toMatchObject({
      rows: [
        { release: "shop@1", holds: false, share: 0.25, errors: 72 },
        { release: "shop@2", holds: true, share: 0.75, errors: 0 },
      ],
      further: 0,
      hours: 12,
      fixed: { errors: 0, traffic: 2160 },
      old: { errors: 72, traffic: 720 },
    });
  });

  test("compares the newest hours with the old rate of all traffic, and of the old releases' own", () => {
    expect(keepLedger(books())?.lately).toEqual({
      hours: 3,
      errors: 18,
      unsure: 0,
      expected: 18,
      byHours: 18,
      byTraffic: 4.5,
      share: 0.25,
      sure: 0.25,
    });
  });

  test("compares them with as many hours before, however much traffic there is", () => {
    const crowd = exposure([{ release: "shop@2+eu", counts: steps(0, 2400) }]);
    const { lately } = keepLedger(books({ traffic: { source: "sessions", exposure: crowd } })) ?? {};
    expect(lately).toMatchObject({ errors: 18, expected: 198, byHours: 18 });
  });

  test("counts apart what a release raises of which it is not known whether it holds the fix", () => {
    const points = [...week, ...errorsEvery(10, anchor, NOW, "worker")];
    expect(keepLedger(books({ history: { knownFrom: 0, points } }))?.lately).toMatchObject({
      errors: 18,
      unsure: 18,
    });
  });

  test("looks back as far as ten errors take", () => {
    const points = [
      ...errorsEvery(120, anchor - 7 * DAY, anchor),
      ...errorsEvery(120, anchor, NOW, "shop@1"),
    ];
    expect(keepLedger(books({ history: { knownFrom: 0, points } }))?.lately).toMatchObject({
      hours: 12,
      errors: 6,
    });
  });

  test("takes a burst before the deploy for no rate", () => {
    const points = [...week, { at: anchor - DAY, count: 5_000 }, ...errorsEvery(10, anchor, NOW, "shop@1")];
    const { expected = 0 } = keepLedger(books({ history: { knownFrom: 0, points } }))?.lately ?? {};
    expect(expected).toBeGreaterThan(17);
    expect(expected).toBeLessThan(20);
  });

  test("shows that they stopped, by hours where traffic is ten times what it was", () => {
    const history = {
      knownFrom: 0,
      points: [...week, ...errorsEvery(10, anchor, NOW - 11 * HOUR, "shop@1")],
    };
    const crowd = exposure([{ release: "shop@2+eu", counts: steps(0, 2400) }]);
    const goneIn = (more: Partial<Bookkeeping>) => keepLedger(books(more))?.fading.errors.gone ?? 0;
    const alone = goneIn({ history });
    expect(alone).toBeGreaterThan(8);
    expect(goneIn({ history, traffic: { source: "sessions", exposure: crowd } })).toBe(alone);
    expect(goneIn({})).toBeLessThan(0);
  });

  test("knows no traffic where it is the clock, and errors all the same", () => {
    const ledger = keepLedger(books({ traffic: { source: "clock" } }));
    expect(ledger).toMatchObject({ old: { errors: 72, traffic: null }, fading: { traffic: null } });
    expect(ledger?.lately).toMatchObject({ byTraffic: null, share: null, sure: null, errors: 18 });
  });

  test("stays small where hundreds of releases with long names are seen", () => {
    const previews = Array.from({ length: 300 }, (_, i) => `preview-${"x".repeat(150)}-${i}`);
    const others = previews.map((release) => ({ release, counts: steps(0, 1) }));
    const ledger = keepLedger(books({ traffic: { source: "spans", exposure: exposure(others) } }));
    expect(ledger?.rows[0]?.release).toBe("shop@1");
    expect(ledger?.further).toBe(298);
    expect(JSON.stringify(ledger).length).toBeLessThan(1_000);
  });

  test("is not kept where no release is named", () => {
    expect(keepLedger(books({ placements: new Map() }))).toBeUndefined();
    expect(keepLedger(books({ until: anchor }))).toBeUndefined();
  });
});
