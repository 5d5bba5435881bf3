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
