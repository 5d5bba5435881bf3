import { expect, test } from "vitest";
import { chooseRecipe, isMeasured, KINDS } from "./kinds.ts";

test("every kind has the recipe that it is worked on by", () => {
  expect(Object.fromEntries(KINDS.map((kind) => [kind, chooseRecipe(kind)]))).toEqual({
    error: "fix-incident",
    performance: "fix-performance",
    issue: "resolve-issue",
    task: "task",
  });
});

test("production can show the end of what it showed, and of a kind that is new, but not of what somebody asked for", () => {
  expect([...KINDS, "outage"].filter(isMeasured)).toEqual(["error", "performance", "outage"]);
});
