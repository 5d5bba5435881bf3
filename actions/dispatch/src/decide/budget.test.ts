import type { ClaimFact } from "@patchpilot/incident";
import { incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { done, intent, refused } from "../testing/claims.ts";
import { at, factsOf, settingsOf } from "../testing/facts.ts";
import { allot, budgetLeft } from "./budget.ts";
import type { DispatchChoice } from "./choice.ts";
import type { Settled } from "./settle.ts";

const claimOf = (name: string, fact: ClaimFact, minute: number) => ({
  name,
  message: `PatchPilot claims\n\n${JSON.stringify({ v: 1, claims: { [name]: fact } })}\n`,
  at: minutesAfter(minute),
});
const left = (spent: Partial<Parameters<typeof budgetLeft>[1]> = {}) =>
  budgetLeft({ maxOpen: 3, maxPerHour: 5, now: at(60) }, { inFlight: 0, recentClaims: [], ...spent });

describe("what is left of the budgets", () => {
  it("is all of them where nothing is in flight", () => {
    expect(left()).toEqual({ openings: 3, dispatches: 5 });
  });

  it("is never below nothing", () => {
    const recentClaims = Array.from({ length: 9 }, (_, index) => claimOf(`${index + 1}-a1`, done(), 59));
    expect(left({ inFlight: 7, recentClaims })).toEqual({ openings: 0, dispatches: 0 });
  });

  it("counts the workers that started, where not all claims could be read", () => {
    expect(left({ recentClaims: [claimOf("12-a1", done(), 59)], started: 4 }).dispatches).toBe(1);
  });

  it("counts dispatches of the last hour, sent and about to be sent", () => {
    const recentClaims = [
      claimOf("12-a1", done(), 30),
      claimOf("13-a1", intent(), 59),
      claimOf("14-a1", done(), 0),
    ];
    expect(left({ recentClaims }).dispatches).toBe(3);
  });

  it("does not count what GitHub refused, nor what is none of ours", () => {
    const foreign = { name: "15-a1", message: "Merge pull request", at: minutesAfter(59) };
    expect(left({ recentClaims: [claimOf("12-a1", refused(), 59), foreign] }).dispatches).toBe(5);
  });

  it("reads of a commit that lists many claims only the one that the ref names", () => {
    const claims = { "12-a1": refused(), "13-a1": done() };
    const message = `PatchPilot claims\n\n${JSON.stringify({ v: 1, claims })}\n`;
    const recentClaims = ["12-a1", "13-a1"].map((name) => ({ name, message, at: minutesAfter(59) }));
    expect(left({ recentClaims }).dispatches).toBe(4);
  });
});

function entry(number: number, choice: DispatchChoice, severity: "critical" | "high" | "low" = "high") {
  const incident = incidentOf({ incident: incidentRecord({ severity }) }, { number });
  const settled: Settled = { facts: factsOf({ incident }), settlement: { kind: "none" } };
  return { settled, choice };
}
const claim: DispatchChoice = { kind: "claim", attempt: 1, cause: "acceptance/e1" };
const repeat: DispatchChoice = { kind: "repeat", attempt: 1, losses: 1 };
const skip: DispatchChoice = { kind: "skip", reason: "held", detail: "x" };

function allotted(entries: readonly ReturnType<typeof entry>[], openings: number, dispatches: number) {
  const { openings: opened, choices } = allot(entries, { openings, dispatches }, new Map(), settingsOf());
  return {
    opened: opened.map(({ facts }) => facts.incident.number),
    choices: entries.map(({ settled }) => {
      const choice = choices.get(settled);
      return choice?.kind === "skip" ? choice.reason : choice?.kind;
    }),
  };
}

describe("a budget", () => {
  it("goes to the worst first, then to the oldest", () => {
    const entries = [entry(3, claim, "low"), entry(2, claim), entry(1, claim), entry(4, claim, "critical")];
    expect(allotted(entries, 3, 9).opened).toEqual([4, 1, 2]);
  });

  it("names itself where it ran out", () => {
    const entries = [entry(1, claim), entry(2, claim)];
    expect(allotted(entries, 1, 9).choices).toEqual(["claim", "max-open-prs"]);
    expect(allotted(entries, 9, 1).choices).toEqual(["claim", "hourly-budget"]);
  });

  it("gives an attempt that goes out again no second place, but counts its dispatch", () => {
    expect(allotted([entry(1, repeat)], 0, 1).opened).toEqual([1]);
    expect(allotted([entry(1, repeat)], 0, 0).choices).toEqual(["hourly-budget"]);
  });

  it("leaves what was skipped as it was", () => {
    expect(allotted([entry(1, skip)], 9, 9)).toEqual({ opened: [], choices: ["held"] });
  });

  it("is never overspent, and never left over while somebody waits", () => {
    const choices = fc.array(fc.constantFrom(claim, repeat, skip), { maxLength: 12 });
    fc.assert(
      fc.property(choices, fc.nat({ max: 6 }), fc.nat({ max: 6 }), (given, openings, dispatches) => {
        const entries = given.map((choice, index) => entry(index + 1, choice));
        const opened = allot(entries, { openings, dispatches }, new Map(), settingsOf()).openings.map(
          ({ choice }) => choice.kind,
        );
        const count = (kind: string, list: readonly string[]) => list.filter((each) => each === kind).length;
        const wanted = given.map(({ kind }) => kind);
        expect(opened.length).toBeLessThanOrEqual(dispatches);
        expect(count("claim", opened)).toBeLessThanOrEqual(openings);
        const room = Math.min(openings, count("claim", wanted)) + count("repeat", wanted);
        expect(opened.length).toBe(Math.min(dispatches, room));
      }),
    );
  });
});
