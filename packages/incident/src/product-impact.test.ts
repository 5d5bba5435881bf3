import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { describeProductImpact, judgeEvents, raiseSeverity, readAccepted } from "./product-impact.ts";
import { incidentRecord, recordsOf } from "./testing/incidents.ts";

const counted = (
  current: number,
  before: number,
  people: [number, number] = [current, before],
): Parameters<typeof judgeEvents>[0][number] => ({
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
    [[10, 10], "steady", 0],
    [[27, 9], "rose", 2],
    [[26, 9], "steady", 1.889],
    [[11_000, 10_000], "rose", 0.1],
    [[10_999, 10_000], "steady", 0.1],
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

const window = (change: object = {}) => ({ from: 0, to: DAY, baseline: "previous-week", ...change });
const raise = (severity: "critical" | "high" | "medium" | "low", current: number, change: object = {}) =>
  raiseSeverity(severity, judgeEvents([counted(current, 1_000)]), window(change));

describe("the severity", () => {
  it.each([
    ["low", 900, undefined],
    ["low", 801, undefined],
    ["low", 800, "medium"],
    ["low", 501, "medium"],
    ["low", 500, "high"],
    ["low", 400, "high"],
    ["medium", 790, "high"],
    ["medium", 0, "high"],
    ["high", 790, "critical"],
    ["critical", 0, undefined],
    ["low", 3_000, undefined],
  ] as const)("of a %s incident at %i of 1,000 rises to %s", (severity, current, raised) => {
    expect(raise(severity, current)).toBe(raised);
  });

  it("does not rise by another time of day, but by the day before", () => {
    expect(raise("low", 0, { to: HOUR, baseline: "previous-window" })).toBeUndefined();
    expect(raise("low", 0, { baseline: "previous-window" })).toBe("high");
    expect(raise("low", 0, { from: HOUR, to: DAY + HOUR, baseline: "previous-window" })).toBe("high");
  });

  it("rises by any hours of the week before", () => {
    expect(raise("low", 0, { to: HOUR })).toBe("high");
  });

  it("rises by what is lost, whatever else is steady or too rare to compare", () => {
    const [steady, lost, rare] = judgeEvents([counted(950, 1_000), counted(700, 1_000), counted(2, 17)]);
    if (!steady || !lost || !rare) throw new Error("three events were judged");
    expect(raiseSeverity("low", [steady, rare], window())).toBeUndefined();
    expect(raiseSeverity("low", [steady, lost, rare], window())).toBe("medium");
  });
});

const impact = (change: object = {}) => ({
  summary: "",
  window: { from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" },
  baseline: "previous-week",
  events: [
    { event: "checkout", current: 400, baseline: 1_000, change: -0.6, actors: 300, baselineActors: 700 },
  ],
  ...change,
});

describe("the record of an incident", () => {
  it.each([
    ["high", { severity: "high", episode: 1 } as const],
    ["medium", {}],
    ["high", { severity: "high" } as const],
    ["medium", { severity: "low", episode: 1 } as const],
    ["medium", { severity: "high", episode: 2 } as const],
  ])("has the severity %s where its impact says %j", (severity, change) => {
    const records = recordsOf({
      incident: incidentRecord({ severity: "medium" }),
      impact: impact(change),
    });
    expect(readAccepted(records)?.severity).toBe(severity);
  });

  it("is as it was written where no impact was counted", () => {
    expect(readAccepted(recordsOf())).toEqual(incidentRecord());
  });

  it("is not made of an impact alone", () => {
    const alone = recordsOf({ incident: undefined, impact: impact({ severity: "high" }) });
    expect(readAccepted(alone)).toBeUndefined();
  });
});

describe("what a worker gets", () => {
  it("is every count, and what it allows to say", () => {
    expect(describeProductImpact(impact())).toEqual({
      window: impact().window,
      baseline: "previous-week",
      events: [{ ...impact().events[0], finding: "fell" }],
    });
  });

  it("claims nothing of a record that does not know the baseline's people", () => {
    const { baselineActors: _, ...old } = impact().events[0] as { baselineActors: number };
    expect(describeProductImpact(impact({ events: [old] })).events).toEqual([old]);
  });
});
