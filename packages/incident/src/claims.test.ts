import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptBranch, attemptKey, claimFact, gateFact, parseKey } from "./claims.ts";

describe("the key of an attempt", () => {
  it("is taken apart into what it was made from", () => {
    const numbers = [
      fc.integer({ min: 1 }),
      fc.integer({ min: 1 }),
      fc.integer({ min: 1, max: 99_999 }),
    ] as const;
    fc.assert(
      fc.property(...numbers, (repositoryId, issue, attempt) => {
        expect(parseKey(attemptKey(repositoryId, issue, attempt))).toEqual({ repositoryId, issue, attempt });
      }),
    );
  });

  it.each([
    "",
    "pp-1-2-a0",
    "pp-01-2-a3",
    "pp-1-02-a3",
    "pp-1-2-a03",
    "pp-1-2-a3\n",
    "x pp-1-2-a3",
    "pp-1-2-a3 x",
  ])("has one spelling, so %j is none", (key) => {
    expect(parseKey(key)).toBeUndefined();
  });

  it("names a branch with no time and no run in it", () => {
    const name = { repositoryId: 7, issue: 12, attempt: 3 };
    expect(attemptBranch(name, false)).toBe("patchpilot/12-a3");
    expect(attemptBranch(name, true)).toBe("patchpilot/7-12-a3");
  });
});

describe("the fact of a claim", () => {
  const common = { cause: "acceptance/e1", episode: 1, losses: 0, run: "100" };

  it("keeps fields that a newer version wrote", () => {
    const fact = {
      state: "done",
      ...common,
      confirmedAt: "2026-11-21T09:00:00Z",
      refusals: 0,
      colour: "red",
    };
    expect(claimFact.parse(fact)).toEqual(fact);
  });

  it("counts no refusals where an older version wrote none", () => {
    expect(claimFact.parse({ state: "refused", ...common }).refusals).toBe(0);
  });

  it("names its cause in every state", () => {
    const { cause: _cause, ...nameless } = common;
    for (const state of ["intent", "done", "refused"])
      expect(
        claimFact.safeParse({ state, ...nameless, runAttempt: 1, deadline: "", confirmedAt: "" }).success,
      ).toBe(false);
  });
});

describe("the fact of a gate", () => {
  it.each([
    { state: "open" },
    { state: "working", run: "1" },
    { state: "closed", outcome: "won", at: "" },
    { state: "closed", outcome: "failed" },
  ])("is not %j", (fact) => {
    expect(gateFact.safeParse(fact).success).toBe(false);
  });
});
