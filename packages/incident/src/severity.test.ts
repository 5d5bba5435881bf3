import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAtLeast, SEVERITIES, type SeverityFacts, scoreSeverity } from "./severity.ts";

const unknown: SeverityFacts = {
  level: null,
  priority: null,
  handled: null,
  events: null,
  users: null,
  regressed: false,
  escalating: false,
};
const score = (facts: Partial<SeverityFacts>) => scoreSeverity({ ...unknown, ...facts });

describe("severity", () => {
  it("is medium where nothing is known", () => {
    expect(score({})).toEqual({ value: "medium", reasons: ["nothing is known of its extent"] });
  });

  it.each([
    ["critical", { level: "fatal", priority: "high", handled: false, users: 40, events: 120 }],
    ["high", { level: "error", priority: "high", handled: false, users: 3, events: 25 }],
    ["medium", { level: "error", priority: "medium", handled: false, users: 1, events: 25 }],
    ["low", { level: "warning", priority: "low", handled: true, users: 1, events: 1 }],
    ["low", { level: "info", priority: null, handled: null, users: 0, events: 5 }],
  ] as const)("is %s for %j", (severity, facts) => {
    expect(score(facts).value).toBe(severity);
  });

  it.each<[string, Partial<SeverityFacts>, string]>([
    ["9 users", { level: "fatal", priority: "high", users: 9 }, "high"],
    ["10 users", { level: "fatal", priority: "high", users: 10 }, "critical"],
    ["99 users", { priority: "high", users: 99 }, "high"],
    ["99 users without a priority", { regressed: true, users: 99 }, "medium"],
    ["100 users", { regressed: true, users: 100 }, "high"],
    ["999 users", { priority: "high", users: 999 }, "high"],
    ["1,000 users", { priority: "high", users: 1000 }, "critical"],
    ["99 events", { priority: "high", events: 99 }, "medium"],
    ["100 events", { priority: "high", events: 100 }, "high"],
    ["9,999 events", { regressed: true, events: 9999 }, "medium"],
    ["10,000 events", { regressed: true, events: 10_000 }, "high"],
    ["what was handled, of low priority", { priority: "low", handled: true, regressed: true }, "low"],
    ["debug", { level: "debug", regressed: true, escalating: true }, "low"],
    ["a sample", { level: "sample", regressed: true, escalating: true }, "low"],
  ])("of %s with %j is %s", (_, facts, severity) => {
    expect(score(facts).value).toBe(severity);
  });

  it.each<[Partial<SeverityFacts>, string]>([
    [{ users: 1 }, "1 user is affected"],
    [{ users: 2 }, "2 users are affected"],
    [{ users: 0 }, "nothing is known of its extent"],
    [{ events: 1 }, "1 event so far"],
    [{ events: 0 }, "0 events so far"],
    [{ priority: "low" }, "Sentry gives it low priority"],
    [{ handled: true }, "the application handled it"],
    [{ handled: false }, "the application did not handle it"],
    [{ regressed: true }, "it was resolved before and came back"],
    [{ escalating: true }, "it is escalating"],
  ])("with %j is explained: %s", (facts, reason) => {
    expect(score(facts).reasons).toEqual([reason]);
  });

  it("gives the weightiest reason first", () => {
    expect(score({ level: "error", users: 5000, events: 9 }).reasons).toEqual([
      "5000 users are affected",
      "its level is error",
      "9 events so far",
    ]);
  });

  it("is not made critical by counts alone, which anyone who sends events can inflate", () => {
    expect(score({ level: "warning", users: 1_000_000, events: 1_000_000 }).value).not.toBe("critical");
  });

  it("never falls when more users are affected", () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.constantFrom("fatal", "error", "warning", null),
        (a, b, level) => {
          const [few, many] = [Math.min(a, b), Math.max(a, b)];
          return isAtLeast(score({ level, users: many }).value, score({ level, users: few }).value);
        },
      ),
    );
  });

  it("survives a level that a newer Sentry invents", () => {
    expect(score({ level: "catastrophe" }).value).toBe("medium");
  });
});

it("orders severities from critical to low", () => {
  expect(
    SEVERITIES.map((severity) => SEVERITIES.filter((least) => isAtLeast(severity, least)).length),
  ).toEqual([4, 3, 2, 1]);
});
