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
const STAYING = { gone: 0, falls: 0 };

/** A worker without traffic that raises all that was raised before. */
const releases = (lately: Partial<Lately> = {}, more: Partial<ReleasesFact> = {}): ReleasesFact => ({
  rows: [row("worker", false, 60), row("web", true, 0)],
  further: 0,
  hours: 10,
  fixed: { errors: 0, traffic: 2400 },
  old: { errors: 60, traffic: 0 },
  lately: { ...UNDIMINISHED, byHours: lately.expected ?? 20, ...lately },
  since: { errors: 60, expected: 60, byTraffic: 0 },
  fading: { errors: STAYING, traffic: STAYING },
  installed: false,
  ...more,
});
/** Clients that raise what their traffic explains. */
const clients = (share: number, more: Partial<ReleasesFact> = {}) =>
  releases(
    { share, errors: 20 * share, byTraffic: 20 * share },
    { since: { errors: 60 * share, expected: 60, byTraffic: 60 * share }, ...more },
  );

describe("releases without the fix hold a recovery up", () => {
  test("while they raise what was raised before, and no traffic explains it", () => {
    expect(isRolledOut(releases())).toBe(false);
  });

  test("while their traffic stays", () => {
    expect(isRolledOut(clients(0.4))).toBe(false);
  });

  test("while their traffic seems to go no more than chance has it", () => {
    for (const traffic of [
      { gone: 2.1, falls: 0 },
      { gone: 0, falls: 4.6 },
    ])
      expect(isRolledOut(clients(0.4, { fading: { errors: STAYING, traffic } }))).toBe(false);
  });

  test("while their traffic goes but does not explain what they raise", () => {
    const fading = { errors: STAYING, traffic: { gone: 9, falls: 9 } };
    expect(isRolledOut(releases({}, { fading }))).toBe(false);
  });

  test("while they raised more since the deploy than their traffic explains, though few lately", () => {
    const fading = { errors: STAYING, traffic: { gone: 9, falls: 9 } };
    const since = (errors: number) => ({ errors, expected: 60, byTraffic: 7 });
    expect(isRolledOut(clients(0.12, { fading, since: since(7) }))).toBe(true);
    expect(isRolledOut(clients(0.12, { fading, since: since(30) }))).toBe(false);
  });

  test("while two errors are not of their traffic", () => {
    expect(isRolledOut(releases({ errors: 2, expected: 10, byTraffic: 0 }))).toBe(false);
  });

  test("while something that may hold the fix raises it, though old-clients is close", () => {
    expect(isRolledOut(releases({ unsure: 20 }, { mayStay: true }))).toBe(false);
  });

  test("while most of the traffic is theirs, though people install them", () => {
    expect(isRolledOut(clients(0.5, { installed: true }))).toBe(false);
  });

  test("while nearly all traffic lacks it by its commits, however few the errors", () => {
    expect(isRolledOut(releases({ errors: 0, sure: 0.97 }, { mayStay: true }))).toBe(false);
  });

  test("while servers that people do not install keep them", () => {
    expect(isRolledOut(clients(0.1))).toBe(false);
  });
});

describe("releases without the fix hold nothing up", () => {
  test("where they have raised nothing", () => {
    expect(isRolledOut(releases({ errors: 0 }, { old: { errors: 0, traffic: 0 } }))).toBe(true);
  });

  test("where they have surely stopped, and not where they only pause", () => {
    const after = (gone: number) => ({ fading: { errors: { gone, falls: 0 }, traffic: null } });
    expect(isRolledOut(releases({ errors: 0 }, after(2.2)))).toBe(true);
    expect(isRolledOut(releases({ errors: 0 }, after(2)))).toBe(false);
  });

  test("where their errors surely fall by themselves", () => {
    const fading = { errors: { gone: 0, falls: 4.7 }, traffic: STAYING };
    expect(isRolledOut(releases({}, { fading }))).toBe(true);
  });

  test.each([
    { gone: 2.2, falls: 0 },
    { gone: 0, falls: 4.7 },
  ])("where their traffic goes: %o", (traffic) => {
    expect(isRolledOut(clients(0.3, { fading: { errors: STAYING, traffic } }))).toBe(true);
  });

  test("where most of those who install them have the new one, and soon all", () => {
    expect(isRolledOut(clients(0.4, { installed: true }))).toBe(true);
    expect(isRolledOut(clients(0.4, { installed: true, hours: 100 }))).toBe(false);
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
