import { describe, expect, it } from "vitest";
import { isEnough, PROOF_LEVELS, proofAccount, REQUIRED_PROOFS } from "./proof.ts";
import { putAt } from "./testing/put-at.ts";

describe("a proof that is asked for", () => {
  it.each([
    ["off", [...PROOF_LEVELS, undefined]],
    ["reproduced", ["proven", "reproduced"]],
    ["proven", ["proven"]],
  ] as const)("of the level %s is given by %j alone", (required, enough) => {
    expect([...PROOF_LEVELS, undefined].filter((level) => isEnough(level, required))).toEqual(enough);
  });

  it("is more, the later it is in the list", () => {
    const counts = REQUIRED_PROOFS.map(
      (required) => PROOF_LEVELS.filter((level) => isEnough(level, required)).length,
    );
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });
});

describe("the account of a proof", () => {
  const account = {
    level: "proven",
    reason: "One test is red on the base.",
    tests: [{ name: "total", red: "TypeError", types: ["TypeError"] }],
    parts: [
      { place: "src/cart.ts:1", need: "needed" },
      { place: "src/cart.ts:9", need: "not-needed" },
      { place: "src/cart.ts:20", need: "not-tried" },
    ],
    flaky: [],
  };

  it("is read as it was written", () => {
    expect(proofAccount.parse(account)).toEqual(account);
  });

  it.each<[string, unknown]>([
    ["level", "certain"],
    ["reason", undefined],
    ["tests.0.red", undefined],
    ["tests.0.types", "TypeError"],
    ["parts.0.place", 1],
    ["parts.0.need", "perhaps"],
    ["parts.0.need", ""],
    ["flaky", undefined],
  ])("is refused with %s: %j", (path, value) => {
    expect(proofAccount.safeParse(putAt(account, path, value)).success).toBe(false);
  });
});
