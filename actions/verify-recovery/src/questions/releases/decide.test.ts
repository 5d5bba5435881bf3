import { describe, expect, test } from "vitest";
import { UNDIMINISHED } from "../../testing/facts.ts";
import { isNowhere, isRolledOut } from "./decide.ts";
import type { ReleasesFact } from "./facts.ts";

const row = (release: string, holds: boolean | null, errors: number) => ({
  release,
  holds,
  share: 0,
  errors,
});

type Lately = ReleasesFact["lately"];

/** A worker without traffic that raises all that was raised before. */
const releases = (lately: Partial<Lately> = {}, more: Partial<ReleasesFact> = {}): ReleasesFact => ({
  rows: [row("worker", false, 60), row("web", true, 0)],
  further: 0,
  hours: 10,
  fixed: { errors: 0, traffic: 2400 },
  old: { errors: 60, traffic: 0 },
  lately: { ...UNDIMINISHED, byHours: lately.expected ?? 20, ...lately },
  halves: [
    { share: 0, traffic: 1200 },
    { share: 0, traffic: 1200 },
  ],
  installed: true,
  ...more,
});
/** Clients that raise what their traffic explains. */
const clients = (share: number, halves: readonly [number, number], more: Partial<ReleasesFact> = {}) =>
  releases(
    { share, errors: 20 * share, byTraffic: 20 * share },
    { halves: halves.map((half) => ({ share: half, traffic: 1200 })), installed: false, ...more },
  );

describe("releases without the fix hold a recovery up", () => {
  test("while they raise what was raised before, and no traffic explains it", () => {
    expect(isRolledOut(releases())).toBe(false);
  });

  test("while their share of the traffic stays", () => {
    expect(isRolledOut(clients(0.4, [0.4, 0.4]))).toBe(false);
  });

  test("while it falls by no more than chance", () => {
    expect(isRolledOut(clients(0.4, [0.41, 0.39]))).toBe(false);
  });

  test("while it falls too slowly to be gone in a week", () => {
    const slow = { halves: [0.62, 0.6].map((share) => ({ share, traffic: 1e6 })), hours: 20 };
    expect(isRolledOut(clients(0.6, [0, 0], slow))).toBe(false);
  });

  test("while they raise what they raised in as many hours, though traffic has grown", () => {
    const trend = { slope: -0.2, error: 0.05 };
    const grown = { errors: 20, expected: 200, byHours: 20 };
    expect(isRolledOut(releases(grown, { trend }))).toBe(false);
    expect(isRolledOut(releases({ ...grown, errors: 9 }, { trend }))).toBe(true);
  });

  test("while two errors are not of their traffic", () => {
    expect(isRolledOut(releases({ errors: 2, expected: 10, byTraffic: 0 }))).toBe(false);
  });

  test("while something that may hold the fix raises it, though old-clients is close", () => {
    expect(isRolledOut(releases({ unsure: 20 }, { mayStay: true }))).toBe(false);
  });

  test("while most of the traffic is theirs, though people install them", () => {
    expect(isRolledOut(clients(0.5, [0.5, 0.5], { installed: true }))).toBe(false);
  });

  test("while nearly all traffic lacks it by its commits, however few the errors", () => {
    expect(isRolledOut(releases({ errors: 0, sure: 0.97 }, { mayStay: true }))).toBe(false);
  });

  test("while few errors seem to fall", () => {
    const trend = { slope: -0.5, error: 0.1 };
    expect(isRolledOut(releases({ errors: 4 }, { trend, old: { errors: 4, traffic: 0 } }))).toBe(false);
  });
});

describe("releases without the fix hold nothing up", () => {
  test("where they have raised nothing", () => {
    expect(isRolledOut(releases({ errors: 0 }, { old: { errors: 0, traffic: 0 } }))).toBe(true);
  });

  test("where they have surely stopped, and not where they only pause", () => {
    expect(isRolledOut(releases({ errors: 0, absence: 2.2 }))).toBe(true);
    expect(isRolledOut(releases({ errors: 0, absence: 2 }))).toBe(false);
    expect(isRolledOut(releases({ errors: 0, absence: 2 }, { installed: false }))).toBe(false);
  });

  test("where their traffic fades", () => {
    expect(isRolledOut(clients(0.3, [0.5, 0.35]))).toBe(true);
  });

  test("where most of those who install them have the new one", () => {
    expect(isRolledOut(clients(0.4, [0.4, 0.4], { installed: true }))).toBe(true);
  });

  test("where what no traffic explains surely falls by itself", () => {
    expect(isRolledOut(releases({ errors: 8 }, { trend: { slope: -0.2, error: 0.05 } }))).toBe(true);
    expect(isRolledOut(releases({ errors: 8 }, { trend: { slope: -0.2, error: 0.1 } }))).toBe(false);
  });

  test("where old-clients is close", () => {
    expect(isRolledOut(releases({}, { mayStay: true }))).toBe(true);
  });
});

describe("a fix is nowhere", () => {
  const nowhere = releases(
    { share: 1 },
    { rows: [row("shop@1", false, 9)], fixed: { errors: 0, traffic: 0 } },
  );
  test("where errors and traffic name only what lacks it", () => {
    expect(isNowhere(nowhere)).toBe(true);
    expect(isNowhere({ ...nowhere, lately: { ...nowhere.lately, share: null } })).toBe(true);
  });

  test("unless a release holds it or may hold it, there are few errors, or half the traffic names none", () => {
    expect(isNowhere(releases())).toBe(false);
    expect(isNowhere({ ...nowhere, rows: [row("x", null, 9)] })).toBe(false);
    expect(isNowhere({ ...nowhere, old: { errors: 4, traffic: 9 } })).toBe(false);
    expect(isNowhere({ ...nowhere, lately: { ...nowhere.lately, share: 0.5 } })).toBe(false);
  });
});
