import { describe, expect, it } from "vitest";
import { isDue } from "./decide.ts";

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
