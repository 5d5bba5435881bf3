import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "@patchpilot/build/repository";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { COMBINATIONS, nameCombination, selectCombinations } from "./combinations.ts";

test("without arguments every combination is tried", () => {
  expect(selectCombinations([], "20.20.2")).toEqual(COMBINATIONS);
});

test("a Node selects its combinations, and a name one", () => {
  expect(selectCombinations(["22"], "20.20.2")).toEqual(COMBINATIONS.slice(2, 4));
  expect(selectCombinations(["24/12.2"], "20.20.2")).toEqual(COMBINATIONS.slice(5));
});

test.each(["20.1.0", "22.1.0", "24.1.0", "26.1.0"])("beside Node %s another one is tried", (own) => {
  const [first, other, ...more] = selectCombinations(["--own", "--one-other"], own);
  expect([first, more]).toEqual(["own", []]);
  expect(typeof other === "object" && other.node.slice(0, 2)).not.toBe(own.slice(0, 2));
});

test.each(["2", "21", "20/11.2", "--all", ""])("%j selects nothing, which is an error", (arg) => {
  expect(() => selectCombinations([arg], "20.20.2")).toThrow("selects nothing of 20/10.8, 20/11.21");
});

test("ci.yml tries every combination of the table", () => {
  const { jobs } = parse(readFileSync(join(REPOSITORY, ".github/workflows/ci.yml"), "utf8"));
  expect(jobs.fresh.strategy.matrix.combination).toEqual(COMBINATIONS.map(nameCombination));
});
