import { judgeEvents } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { type ImpactAccount, impactText, makeImpactRecord, summariseImpact } from "./words.ts";

const WINDOW = { from: Date.parse("2026-11-20T12:00:00Z"), to: Date.parse("2026-11-21T12:00:00Z") };
const account = (
  counts: Record<string, [number, number]>,
  change: Partial<ImpactAccount> = {},
): ImpactAccount => ({
  window: WINDOW,
  baseline: "previous-week",
  events: judgeEvents(
    Object.entries(counts).map(([event, [current, before]]) => ({
      event,
      incident: { count: current, actors: current },
      baseline: { count: before, actors: before },
    })),
  ),
  isFull: true,
  now: WINDOW.to,
  severity: "medium",
  episode: 1,
  ...change,
});

describe("the sentence", () => {
  it("tells what clearly changed, losses first, and what it was compared with", () => {
    expect(summariseImpact(account({ refund: [900, 600], signup: [100, 102], checkout: [812, 1_177] }))).toBe(
      "`checkout` fell by 31 % (812, was 1,177); `refund` rose by 50 % (900, was 600), from 20 November, 12:00 UTC to 21 November, 12:00 UTC, compared with the same hours a week before.",
    );
  });

  it("says that an event stopped, not that it fell by 100 %", () => {
    expect(summariseImpact(account({ checkout: [0, 300] }))).toContain(
      "`checkout` did not happen at all (it was 300)",
    );
  });

  it("claims no rise where there is no baseline", () => {
    expect(summariseImpact(account({ checkout: [300, 0] }))).toContain(
      "`checkout` happened 300 times, with nothing to compare it with",
    );
  });

  it.each([
    [{ checkout: [3, 9] }, "Too few events to tell from 20 November"],
    [
      { checkout: [100, 105] },
      "No event clearly changed from 20 November, 12:00 UTC to 21 November, 12:00 UTC.",
    ],
    [{ checkout: [100, 105], signup: [1, 2] }, "; of some there were too few to tell."],
  ] as const)("claims nothing for %j", (counts, words) => {
    expect(summariseImpact(account(counts as never))).toContain(words);
  });

  it("names three changes and counts the rest", () => {
    const counts = Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((name) => [name, [10, 500] as [number, number]]),
    );
    expect(summariseImpact(account(counts))).toMatch(/`a` .*`b` .*`c` .*; 2 more changed, from /);
  });

  it("says that PostHog knows no event of a name that never happened", () => {
    const given = account({ checkout: [812, 1_177], order_complete: [0, 0] });
    expect(summariseImpact(given)).toMatch(
      / PostHog has no event of this name: `order_complete`\. Check `events`\.$/,
    );
    expect(summariseImpact(account({ order_complete: [0, 0] }))).toMatch(/^Nothing was counted from /);
    expect(impactText(given, "")).toContain(
      "| `order_complete` | 0 | 0 | PostHog has no event of this name |",
    );
  });

  it("says that the severity rises, and from where", () => {
    expect(summariseImpact(account({ checkout: [400, 1_000] }, { raised: "high" }))).toMatch(
      / That raises the severity from medium to high\.$/,
    );
  });

  it("tells a day once", () => {
    const window = { from: Date.parse("2026-11-21T08:00:00Z"), to: Date.parse("2026-11-21T12:00:00Z") };
    expect(summariseImpact(account({ checkout: [1, 0] }, { window }))).toContain(
      "from 21 November, 08:00 to 12:00 UTC",
    );
  });
});

describe("the comment", () => {
  it("has a row for each event, and does not blame the incident", () => {
    const given = account({ checkout: [812, 1_177], signup: [2, 3], trial: [40, 0], login: [500, 510] });
    expect(impactText(given, summariseImpact(given)).split("\n").slice(4)).toEqual([
      "| Event | During | A week before | Change | People | People before |",
      "|---|--:|--:|--:|--:|--:|",
      "| `checkout` | 812 | 1,177 | −31 % | 812 | 1,177 |",
      "| `signup` | 2 | 3 | too few to compare | 2 | 3 |",
      "| `trial` | 40 | 0 | no baseline | 40 | 0 |",
      "| `login` | 500 | 510 | no clear change | 500 | 510 |",
      "",
      "<sub>Counted in PostHog. What changed at the same time need not have changed because of the incident.</sub>",
      "",
      "</details>",
    ]);
  });

  it("says that a run counts again while the hours fill", () => {
    const given = account({ checkout: [812, 1_177] }, { isFull: false });
    expect(impactText(given, "")).toContain("Each run counts again until the hours are full.");
  });

  it("warns that the hours right before differ by time of day", () => {
    const given = account({ checkout: [812, 1_177] }, { baseline: "previous-window" });
    const text = impactText(given, summariseImpact(given));
    expect(text).toContain("compared with the hours right before");
    expect(text).toContain("The hours right before also differ by time of day.");
  });

  it("keeps a name inside its cell", () => {
    const given = account({ "a|b`c\n| x": [30, 30] });
    expect(impactText(given, summariseImpact(given))).toContain(
      "| `a\\|b'c \\| x` | 30 | 30 | no clear change | 30 | 30 |",
    );
  });
});

describe("the record", () => {
  it("holds what was counted, and fits the hidden line with all the events that may be named", () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(50, "x"));
    const given = account(
      Object.fromEntries(names.map((name) => [name, [123_456, 654_321] as [number, number]])),
    );
    const record = makeImpactRecord(given, summariseImpact(given));
    expect(record.events[0]).toEqual({
      event: names[0],
      current: 123_456,
      baseline: 654_321,
      change: -0.811,
      actors: 123_456,
      baselineActors: 654_321,
    });
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(4_096);
  });
});
