import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptBranch, attemptKey, claimFact, gateFact, parseKey, pickGroundwork } from "./claims.ts";
import { putAt } from "./testing/put-at.ts";

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

describe("the whole fact of a claim", () => {
  const fact = {
    state: "intent",
    cause: "acceptance/e1",
    episode: 1,
    losses: 0,
    refusals: 0,
    run: "100",
    runAttempt: 1,
    deadline: "2026-11-21T09:00:00Z",
    reserves: { usd: 5, month: "2026-11" },
    continues: {
      branch: "patchpilot/12-a1",
      pullRequest: 40,
      head: "b".repeat(40),
      review: "",
      checks: { red: "x", tree: "y" },
    },
    plan: { attempt: 1, sha256: "z" },
  } as const;

  it("is read as it was written", () => {
    expect(claimFact.parse(fact)).toEqual(fact);
  });

  it.each<[string, unknown]>([
    ["state", "sent"],
    ["continues.branch", undefined],
    ["continues.pullRequest", "40"],
    ["continues.review", undefined],
    ["continues.checks.red", undefined],
    ["continues.checks.tree", 1],
    ["plan.attempt", "1"],
    ["plan.sha256", undefined],
  ])("is refused with %s: %j", (path, value) => {
    expect(claimFact.safeParse(putAt(fact, path, value)).success).toBe(false);
  });

  it.each<[string, unknown]>([
    ["reserves.month", undefined],
    ["reserves.month", 11],
    ["reserves.usd", -1],
    ["reserves.minutes", -0.1],
  ])("reserves nothing that can be counted with %s: %j", (path, value) => {
    expect(claimFact.parse(putAt(fact, path, value)).reserves).toBeUndefined();
  });

  it("hands on what the attempt builds on, and nothing else", () => {
    const { continues, plan } = fact;
    expect(pickGroundwork(fact)).toStrictEqual({ continues, plan });
    const { plan: _plan, ...planless } = fact;
    expect(pickGroundwork(planless)).toStrictEqual({ continues });
  });
});

describe("the fact of a gate", () => {
  const publishing = { state: "publishing", run: "1", runAttempt: 1 };

  it.each([
    { state: "working", run: "1", runAttempt: 1 },
    publishing,
    { ...publishing, waits: true, head: "0123456789abcdef".repeat(4) },
    { ...publishing, head: "a".repeat(40) },
  ])("is %j", (fact) => {
    expect(gateFact.parse(fact)).toEqual(fact);
  });

  it.each(["", "a".repeat(39), "a".repeat(65), ` ${"a".repeat(40)}`, "g".repeat(40), "A".repeat(40)])(
    "knows no commit by %j",
    (head) => {
      expect(gateFact.parse({ ...publishing, head })).toEqual(publishing);
    },
  );

  it.each([
    { state: "open" },
    { state: "working", run: "1" },
    { ...publishing, waits: false },
    { state: "closed", outcome: "won", at: "" },
    { state: "closed", outcome: "failed" },
  ])("is not %j", (fact) => {
    expect(gateFact.safeParse(fact).success).toBe(false);
  });
});
