import { expect, test } from "vitest";
import { findBreaches, findMisses, type JudgedCase, tabulate } from "./account.ts";

const fix = (level: "proven" | "reproduced" | "tested", at: number): JudgedCase => ({
  of: { name: `go-${at}`, language: "go", kind: "fix", expect: "proven" },
  seconds: 1,
  level,
  reason: "",
});
const ten = (proven: number, reproduced: number): JudgedCase[] =>
  Array.from({ length: 10 }, (_, at) =>
    fix(at < proven ? "proven" : at < proven + reproduced ? "reproduced" : "tested", at),
  );
const vacuous = (level: "reproduced" | "tested"): JudgedCase => ({
  of: { name: "go-51", language: "go", kind: "vacuous", expect: "at most tested" },
  seconds: 1,
  level,
  reason: "",
});

test("the promise is kept by nine of ten that are shown, five of them proven", () => {
  expect(findBreaches([...ten(5, 4), vacuous("tested")])).toEqual([]);
});

test("eight of ten that are shown are too few", () => {
  expect(findBreaches(ten(5, 3))).toEqual(["Only 8 of 10 fixes are proven or reproduced, not 90 %."]);
});

test("four of ten that are proven are too few", () => {
  expect(findBreaches(ten(4, 6))).toEqual(["Only 4 of 10 fixes are proven, not 50 %."]);
});

test("one patch that fixes nothing must not pass for more than tested", () => {
  expect(findBreaches([...ten(10, 0), vacuous("reproduced")])).toEqual([
    "go-51 mends nothing that it shows, and passes for more than tested.",
  ]);
});

test("a case that could not be judged is a breach, even if it fixes nothing", () => {
  const { of, seconds } = vacuous("tested");
  const unjudged: JudgedCase = { of, seconds, fault: "go failed" };
  expect(findBreaches([...ten(10, 0), unjudged])).toEqual(["go-51 could not be judged."]);
  expect(findMisses([unjudged])).toEqual([unjudged]);
});

test("a level below the expected one is a miss", () => {
  expect(findMisses([fix("proven", 1), fix("reproduced", 2), vacuous("tested")])).toEqual([
    fix("reproduced", 2),
  ]);
});

test("the table counts levels by language and kind", () => {
  const lines = tabulate([...ten(7, 2), vacuous("tested")]).split("\n");
  expect(lines.slice(2).map((line) => line.replace(/\s+/g, " "))).toEqual([
    "| go | fix | 10 | 7 | 2 | 1 | 0 | 0 | 0 |",
    "| go | vacuous | 1 | 0 | 0 | 1 | 0 | 0 | 0 |",
    "| all | fix | 10 | 7 | 2 | 1 | 0 | 0 | 0 |",
    "| all | vacuous | 1 | 0 | 0 | 1 | 0 | 0 | 0 |",
  ]);
});
