import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "../../decide.ts";
import { makeRecoveryRecord } from "../../decide-record.ts";
import { NOTHING_WRITTEN, reportRecoveries } from "../../report.ts";
import { recovered } from "../../testing/facts.ts";
import { aCase, LIVE, NOW, SETTINGS } from "../../testing/world.ts";
import type { CountedTraffic } from "./count.ts";
import { findGone } from "./gone.ts";

/** NOW is a Thursday at noon; the fix went live 40 minutes ago, and 30 minutes ago the last visitor came. */
const DEPLOY = NOW - 40 * MINUTE;
const LAST = NOW - 30 * MINUTE;

type Visitors = (at: number) => number;

const traffic = (
  visitors: Visitors,
  sampleRate: (at: number) => number | null = () => null,
): CountedTraffic => {
  const from = DEPLOY - WEEK;
  const instants = Array.from({ length: Math.ceil((NOW - from) / BUCKET) }, (_, i) => from + i * BUCKET);
  return {
    source: "spans",
    exposure: {
      from,
      releases: [{ release: null, counts: instants.map(visitors) }],
      other: [],
      sampleRates: instants.map(sampleRate),
      byRelease: false,
    },
  };
};
const until =
  (end: number, visitors: Visitors): Visitors =>
  (at) =>
    at < end ? visitors(at) : 0;
const steadily =
  (perBucket: number): Visitors =>
  () =>
    perBucket;
/** Fewer and more by turns, without chance. */
const unevenly: Visitors = (at) => 3 + ((at / BUCKET) % 5);
const byDay: Visitors = (at) => (new Date(at).getUTCHours() >= 8 && new Date(at).getUTCHours() < 18 ? 9 : 0);
const onWorkdays: Visitors = (at) => ([0, 6].includes(new Date(at).getUTCDay()) ? 0 : unevenly(at));

describe("an app that nobody uses any more since the deploy", () => {
  test.each<[string, Visitors]>([
    ["steadily", steadily(5)],
    ["unevenly", unevenly],
    ["by day", byDay],
    ["on workdays", onWorkdays],
  ])("is found at the first look where it was used %s", (_, visitors) => {
    expect(findGone(traffic(until(LAST, visitors)), DEPLOY, NOW)).toMatchObject({ since: LAST });
  });

  test("is silent from the deploy on where the last visitor came before it", () => {
    const gone = findGone(traffic(until(DEPLOY - 5 * MINUTE, steadily(5))), DEPLOY, NOW);
    expect(gone).toMatchObject({ since: DEPLOY });
  });

  test("is missed by what the same hours had, up to ten minutes ago, for providers may be late", () => {
    expect(findGone(traffic(until(LAST, steadily(5))), DEPLOY, NOW)?.expected).toBeCloseTo(20, 0);
  });
});

describe("what is not taken for it", () => {
  const never = (visitors: Visitors, rate?: (at: number) => number | null) =>
    expect(findGone(traffic(visitors, rate), DEPLOY, NOW)).toBeUndefined();

  test("visitors who come", () => never(steadily(5)));
  test("one visitor who came since", () => never((at) => (at < LAST || at === LAST + BUCKET ? 5 : 0)));
  test("so few that none may be chance", () => never(until(LAST, (at) => (at % HOUR === 0 ? 1 : 0))));
  test("what ended before the deploy", () => never(until(DEPLOY - 3 * HOUR, steadily(5))));
  test("a pause that the week before has as well", () =>
    never(until(LAST, (at) => (at >= LAST - 2 * DAY && at < LAST - 2 * DAY + 30 * MINUTE ? 0 : 5))));
  test("hours at which nobody comes", () => {
    const night: Visitors = (at) => (new Date(at).getUTCHours() === 11 ? 0 : 5);
    never(until(LAST, night));
  });
  test("a day of rest, which has few visitors already before", () =>
    never(until(LAST, (at) => (at > NOW - 16 * HOUR ? (at % HOUR === 0 ? 1 : 0) : 5))));
  test("less than a week before the deploy", () => {
    const young = { ...traffic(until(LAST, steadily(5))) };
    if (young.source === "clock") throw new Error("has exposure");
    const from = DEPLOY - 3 * DAY;
    const cut = Math.round((from - young.exposure.from) / BUCKET);
    const releases = young.exposure.releases.map((each) => ({ ...each, counts: each.counts.slice(cut) }));
    expect(
      findGone({ ...young, exposure: { ...young.exposure, from, releases } }, DEPLOY, NOW),
    ).toBeUndefined();
  });
  test("few requests that represent many", () => {
    const sampled = until(LAST, steadily(50));
    never(sampled, () => 0.01);
    expect(
      findGone(
        traffic(sampled, () => 0.5),
        DEPLOY,
        NOW,
      ),
    ).toBeDefined();
  });
  test("a sampling rate that the deploy changed", () =>
    never(until(LAST, steadily(5)), (at) => (at < DEPLOY ? 1 : 0.1)));
  test("time alone", () => expect(findGone({ source: "clock" }, DEPLOY, NOW)).toBeUndefined());
});

describe("your turn", () => {
  const gone = { since: LAST, expected: 20.4, logChance: -20 };
  const facts = (more = {}) =>
    recovered({
      deployment: { state: "live", source: "vercel", sha: LIVE, since: DEPLOY },
      traffic: { state: "counted", source: "spans", alive: null, ...more },
    });
  const decideNow = (more = {}) => decideRecovery(facts(more), NOW, SETTINGS);

  test("comes at once, with what to look at, while the phase stays", () => {
    expect(decideNow({ gone })).toMatchObject({
      decision: "wait",
      phase: "verifying",
      needs: "traffic",
      reason:
        "Nobody has used the app since 19 November, 11:30 UTC, 10 min after fix #40 went live. The same hours usually have about 20 requests.",
      next: expect.stringMatching(/^Open the app as a visitor would\./),
    });
  });

  test("is said in the log, the summary and the outputs of a run that still waits", () => {
    const entry = { case: aCase(), decision: decideNow({ gone }), record: null };
    const { lines, summary, outputs } = reportRecoveries(
      [entry],
      { lines: [], refused: [] },
      NOTHING_WRITTEN,
      {
        notices: [],
        idle: [],
      },
    );
    expect(lines).toMatchObject([
      { text: expect.stringMatching(/^#12 needs you\. Nobody has used the app since /) },
    ]);
    expect(summary).toContain("| #12 | Needs you |");
    expect(outputs).toMatchObject({ waiting: [12], decisions: [{ decision: "wait", needs: "traffic" }] });
  });

  test("is not said of a run that waits for anything else", () => {
    const entry = { case: aCase(), decision: decideNow({ alive: false }), record: null };
    const { lines, outputs } = reportRecoveries([entry], { lines: [], refused: [] }, NOTHING_WRITTEN, {
      notices: [],
      idle: [],
    });
    expect(lines).toMatchObject([{ text: expect.stringMatching(/^#12 is watched\. /) }]);
    expect(outputs?.decisions?.[0]).not.toHaveProperty("needs");
  });

  test("is in the record, is written once, and ends when traffic is back", () => {
    const first = makeRecoveryRecord(aCase(), decideNow({ gone }), NOW);
    expect(first?.needs).toBe("traffic");
    const later = { ...gone, expected: 40 };
    expect(makeRecoveryRecord(aCase({ previous: first }), decideNow({ gone: later }), NOW)).toBeNull();
    const back = makeRecoveryRecord(aCase({ previous: first }), decideNow(), NOW);
    expect(back).not.toBeNull();
    expect(back?.needs).toBeUndefined();
  });
});
