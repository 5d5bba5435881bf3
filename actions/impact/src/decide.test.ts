import type { EventCount } from "@patchpilot/posthog";
import { describe, expect, it } from "vitest";
import { isDue, judgeEvents } from "./decide.ts";

const counted = (
  current: number,
  before: number,
  people: [number, number] = [current, before],
): EventCount => ({
  event: "checkout",
  incident: { count: current, actors: people[0] },
  baseline: { count: before, actors: people[1] },
});
const judge = (...given: Parameters<typeof counted>) => judgeEvents([counted(...given)])[0];

describe("what two counts allow to say", () => {
  it.each([
    [[812, 1_177], "fell", -0.31],
    [[1_500, 1_000], "rose", 0.5],
    [[0, 400], "gone", -1],
    [[0, 0], "few", null],
    [[2, 17], "few", -0.882],
    [[0, 19], "few", -1],
    [[95, 100], "steady", -0.05],
    [[40, 50], "steady", -0.2],
    [[30, 0], "new", null],
  ] as const)("%j is %s", ([current, before], finding, change) => {
    expect(judge(current, before)).toMatchObject({ finding, change });
  });

  it("does not call a sure but small difference a change", () => {
    expect(judge(95_000, 100_000)?.finding).toBe("steady");
  });

  it("does not take the burst of one person for many", () => {
    expect(judge(300, 200)?.finding).toBe("rose");
    expect(judge(300, 200, [10, 10])?.finding).toBe("steady");
  });
});

describe("counts that differ by chance alone", () => {
  /** Chances of 0, 1, 2, … events where `mean` are expected (Poisson), up to twice the mean and more. */
  const chances = (mean: number): number[] => {
    const found = [Math.exp(-mean)];
    for (let count = 1; count <= 2 * mean + 20; count += 1)
      found.push(((found[count - 1] ?? 0) * mean) / count);
    return found;
  };

  it.each([11, 30, 120, 400])("are called a change less than once in 200 times at %i events", (mean) => {
    const weights = chances(mean);
    let wrong = 0;
    for (const [current, a] of weights.entries())
      for (const [before, b] of weights.entries()) {
        const finding = judge(current, before)?.finding;
        if (finding !== "steady" && finding !== "few") wrong += a * b;
      }
    expect(wrong).toBeLessThan(0.005);
  });
});

describe("whether an incident is counted again", () => {
  const HOUR = 3_600_000;
  const windows = (from: number, to: number, isFull = false) => ({
    incident: { from: from * HOUR, to: to * HOUR },
    baseline: { from: 0, to: 0 },
    isFull,
    lateOnset: undefined,
  });
  const record = (from: number, to: number, events = ["checkout"]) => ({
    summary: "",
    window: { from: new Date(from * HOUR).toISOString(), to: new Date(to * HOUR).toISOString() },
    events: events.map((event) => ({ event, current: 0, baseline: 0, change: null, actors: 0 })),
  });

  it.each([
    ["it was never counted", null, windows(100, 101), true],
    ["nothing has passed since", record(100, 102), windows(100, 102), false],
    ["its window has not doubled", record(100, 102), windows(100, 103), false],
    ["its window has doubled", record(100, 102), windows(100, 104), true],
    ["its window is full", record(100, 120), windows(100, 124, true), true],
    ["its full window was counted", record(100, 124), windows(100, 124, true), false],
    ["it was reopened later", record(100, 124), windows(300, 301), true],
    ["another event is asked for", record(100, 124, ["signup"]), windows(100, 124, true), true],
  ])("%s", (_, previous, now, due) => {
    expect(isDue(previous, now, ["checkout"])).toBe(due);
  });
});
