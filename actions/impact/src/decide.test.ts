import type { ImpactRecord } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { isDue, isNews } from "./decide.ts";

describe("whether an incident is counted again", () => {
  const HOUR = 3_600_000;
  const windows = (from: number, to: number, isFull = false, isCut = false) => ({
    incident: { from: from * HOUR, to: to * HOUR },
    baseline: { from: 0, to: 0 },
    isFull,
    isCut,
  });
  const record = (from: number, to: number, events = ["checkout"]) => ({
    summary: "",
    window: { from: new Date(from * HOUR).toISOString(), to: new Date(to * HOUR).toISOString() },
    events: events.map((event) => ({ event, current: 0, baseline: 0, change: null, actors: 0 })),
  });

  it.each([
    ["it was never counted", null, windows(100, 101), true],
    ["nothing has passed since", record(100, 102), windows(100, 102), false],
    ["its window has grown", record(100, 102), windows(100, 103), true],
    ["a fix that went live ended its window earlier", record(100, 104), windows(100, 103, true, true), true],
    ["fewer hours are asked for", record(100, 104), windows(100, 103, true), false],
    ["its window is full", record(100, 120), windows(100, 124, true), true],
    ["its full window was counted", record(100, 124), windows(100, 124, true), false],
    ["it was reopened later", record(100, 124), windows(300, 301), true],
    ["another event is asked for", record(100, 124, ["signup"]), windows(100, 124, true), true],
  ])("%s", (_, previous, now, due) => {
    expect(isDue(previous, now, ["checkout"])).toBe(due);
  });

  it("is not while too little of it can be counted", () => {
    expect(isDue(null, { ...windows(100, 101), early: { until: 101.5 * HOUR } }, ["checkout"])).toBe(false);
  });
});

describe("whether what was counted again is worth an edit", () => {
  const record = (current: number, minute: number, change: Partial<ImpactRecord> = {}): ImpactRecord => ({
    summary: "",
    window: { from: new Date(0).toISOString(), to: new Date(minute * 60_000).toISOString() },
    baseline: "previous-week",
    episode: 1,
    events: [
      { event: "checkout", current, baseline: 400, change: null, actors: current, baselineActors: 400 },
    ],
    ...change,
  });
  const other = [
    { event: "signup", current: 390, baseline: 400, change: null, actors: 9, baselineActors: 9 },
  ];

  it.each<[string, ImpactRecord | null, ImpactRecord, boolean]>([
    ["nothing was counted before", null, record(390, 100), true],
    ["nothing changed clearly, now as before", record(400, 100), record(380, 400), false],
    ["an event fell clearly", record(400, 100), record(200, 130), true],
    ["it fell further within an hour", record(200, 100), record(150, 159), false],
    ["it fell further, an hour later", record(200, 100), record(150, 160), true],
    ["an hour later it is the same", record(200, 100), record(200, 160), false],
    ["it stopped within an hour", record(200, 100), record(0, 130), true],
    ["an event is counted that was not", record(390, 100), record(390, 130, { events: other }), true],
    ["the severity rises", record(200, 100), record(200, 130, { severity: "high" }), true],
    [
      "it is compared with other hours",
      record(390, 100),
      record(390, 130, { baseline: "previous-window" }),
      true,
    ],
  ])("%s", (_, previous, counted, isWorth) => {
    expect(isNews(previous, counted, false)).toBe(isWorth);
  });

  it("is once the hours are over", () => {
    expect(isNews(record(400, 100), record(400, 130), true)).toBe(true);
  });
});
