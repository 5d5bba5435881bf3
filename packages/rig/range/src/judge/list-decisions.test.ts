import { expect, test } from "vitest";
import { compareDecisions } from "./list-decisions.ts";

test("two worlds that decided alike differ in nothing", () => {
  expect(compareDecisions({ refs: ["a"] }, { refs: ["a"] })).toEqual([]);
});

test("another decision is named with what it became", () => {
  const [difference] = compareDecisions({ refs: ["a"], runs: [1] }, { refs: ["a", "planted"], runs: [1] });
  expect(difference).toMatch(/^refs: .*planted/);
});
