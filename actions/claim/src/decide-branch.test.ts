import { expect, test } from "vitest";
import { branchesInTheWay, judgeBranch, noteRules } from "./decide-branch.ts";

const BRANCH = "patchpilot/12-a1";
const free = { existing: [], rules: [] };

test("nothing is in the way of a free branch", () => {
  expect(judgeBranch(BRANCH, free)).toBeUndefined();
});

test("the branch and those in the place of its folders are asked for", () => {
  expect(branchesInTheWay("patchpilot/acme/12-a1")).toEqual([
    "patchpilot",
    "patchpilot/acme",
    "patchpilot/acme/12-a1",
  ]);
});

test.each([
  ["patchpilot", "a branch called `patchpilot` exists"],
  [BRANCH, "exists already, and this attempt did not make it"],
])("a branch called %s is in the way", (name, reason) => {
  expect(judgeBranch(BRANCH, { ...free, existing: [name] })).toContain(reason);
});

const pattern = (operator: string, text: string, negate = false) => ({
  type: "branch_name_pattern",
  parameters: { operator, pattern: text, negate },
});

test.each([
  [{ type: "creation" }, "does not allow you to create"],
  [pattern("starts_with", "feature/"), "does not allow the name"],
  [pattern("contains", "pilot", true), "does not allow the name"],
])("the rule %j is in the way", (rule, reason) => {
  expect(judgeBranch(BRANCH, { ...free, rules: [rule] })).toContain(reason);
});

test.each([
  { type: "update" },
  { type: "required_signatures" },
  pattern("starts_with", "patchpilot/"),
  pattern("ends_with", "-wip", true),
  pattern("regex", "^x"),
])("the rule %j is not", (rule) => {
  expect(judgeBranch(BRANCH, { ...free, rules: [rule] })).toBeUndefined();
});

test("a rule that wants signatures is named", () => {
  expect(noteRules(BRANCH, { ...free, rules: [{ type: "required_signatures" }] })).toContain(
    "signed commits",
  );
  expect(noteRules(BRANCH, free)).toBeUndefined();
});
