import type { BranchProtection, RepositoryRuleset } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import { checkNamed, judgeWith } from "../testing/desk-facts.ts";

const BRANCHES = "Rulesets for `patchpilot/**`";
const REFS = "Rulesets for `refs/patchpilot/`";
const RULESET: RepositoryRuleset = {
  name: "all branches",
  source: "acme",
  target: "branch",
  enforcement: "active",
  include: ["~ALL"],
  exclude: [],
  rules: [{ type: "creation" }],
  bypass: [],
};
const stateWith = (name: string, changes: Partial<RepositoryRuleset>) =>
  checkNamed(name, { rulesets: answered([{ ...RULESET, ...changes }]) })?.state;

describe("a ruleset that refuses new branches", () => {
  it.each([
    ["holds all", {}, "missing"],
    ["holds them by a pattern", { include: ["refs/heads/**/*"] }, "missing"],
    ["refuses updates", { rules: [{ type: "update" }] }, "missing"],
    ["holds the default branch", { include: ["~DEFAULT_BRANCH"] }, "ok"],
    ["holds one folder above", { include: ["refs/heads/*"] }, "ok"],
    ["exempts them", { exclude: ["refs/heads/patchpilot/**/*"] }, "ok"],
    ["only evaluates", { enforcement: "evaluate" }, "ok"],
    ["is for tags", { target: "tag" }, "ok"],
    ["forbids force pushes only", { rules: [{ type: "non_fast_forward" }] }, "ok"],
    ["lets an App through", { bypass: ["Integration"] }, "attention"],
    ["hides who may bypass it", { bypass: undefined }, "unseen"],
    ["requires signatures", { rules: [{ type: "required_signatures" }] }, "attention"],
    ["has a rule that is new", { rules: [{ type: "brand_new" }] }, "attention"],
    ["is for the files of pushes", { target: "push", include: [] }, "attention"],
  ] as const)("and %s", (_, changes, state) => {
    expect(stateWith(BRANCHES, changes)).toBe(state);
  });

  it("is named with its owner", () => {
    expect(checkNamed(BRANCHES, { rulesets: answered([RULESET]) })?.found).toContain(
      "The ruleset `all branches` of `acme`",
    );
  });
});

describe("PatchPilot's refs", () => {
  it("are beside all branches", () => {
    expect(stateWith(REFS, {})).toBe("ok");
  });

  it.each([
    [["refs/**/*"], [], "attention"],
    [["refs/patchpilot/**/*"], [], "attention"],
    [["refs/**/*"], ["refs/patchpilot/**/*"], "ok"],
  ])("are named by the pattern %j without %j: %s", (include, exclude, state) => {
    expect(stateWith(REFS, { include, exclude })).toBe(state);
  });
});

it("a plan without rulesets has none in the way", () => {
  const checks = judgeWith({ rulesets: answered(undefined) });
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
});

it("a server without rulesets does not show them", () => {
  const rulesets = refusal("not-found");
  expect([checkNamed(BRANCHES, { rulesets })?.state, checkNamed(REFS, { rulesets })?.state]).toEqual([
    "unseen",
    "unseen",
  ]);
});

describe("branch protection", () => {
  const RULE: BranchProtection = {
    pattern: "patchpilot/*",
    blocksCreations: false,
    restrictsPushes: false,
    lockBranch: false,
    requiresCommitSignatures: false,
    admitsApps: false,
  };
  const protect = (changes: Partial<BranchProtection>) =>
    checkNamed("Branch protection", { protections: answered([{ ...RULE, ...changes }]) })?.state;

  it.each([
    [{}, "ok"],
    [{ restrictsPushes: true }, "attention"],
    [{ restrictsPushes: true, blocksCreations: true }, "missing"],
    [{ restrictsPushes: true, blocksCreations: true, admitsApps: true }, "attention"],
    [{ lockBranch: true, admitsApps: true }, "missing"],
    [{ lockBranch: true }, "missing"],
    [{ requiresCommitSignatures: true }, "attention"],
    [{ pattern: "*", lockBranch: true }, "ok"],
    [{ pattern: "**/*", lockBranch: true }, "missing"],
    [{ pattern: "main", lockBranch: true }, "ok"],
  ])("by a rule with %j is %s", (changes, state) => {
    expect(protect(changes)).toBe(state);
  });

  it.each([
    ["GitHub shows it to admins alone", answered(undefined)],
    ["the token lacks a permission", refusal("forbidden")],
  ])("is not seen where %s", (_, protections) => {
    expect(checkNamed("Branch protection", { protections })?.state).toBe("unseen");
  });
});
