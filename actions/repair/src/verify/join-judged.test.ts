import type { RepairBaseline } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { joinJudged } from "./join-judged.ts";

const BASELINE: RepairBaseline = {
  source: "tap",
  exitCode: 0,
  redOnBase: [],
  redOnBaseCount: 0,
  newlyRed: [],
  newlyGreen: [],
  flaky: [],
  flakyCommand: false,
  vanished: [],
  vanishedCount: 0,
};
const GREEN = { passed: true, isTested: true, sentence: undefined, baseline: BASELINE };
const WORSE = {
  passed: false,
  isTested: false,
  sentence: "Red on the patch and not on the base: b.",
  baseline: { ...BASELINE, source: "pytest", newlyRed: ["b"], redOnBaseCount: 2 },
};
const UNKNOWN = {
  ...GREEN,
  sentence: "The test command is red on the base already.",
  baseline: { ...BASELINE, source: "exit-code", exitCode: 1, redOnBaseCount: null },
};

test("one command is given as it is", () => {
  expect(joinJudged([{ folder: "web", judged: WORSE }])).toBe(WORSE);
  expect(joinJudged([])).toBeUndefined();
});

test("what got worse in one of several commands got worse, and is named by its folder", () => {
  const joined = joinJudged([
    { folder: "", judged: GREEN },
    { folder: "api", judged: WORSE },
  ]);
  expect(joined).toMatchObject({
    passed: false,
    isTested: false,
    sentence: "api: Red on the patch and not on the base: b.",
    baseline: { source: "tap, pytest", newlyRed: ["api: b"], redOnBaseCount: 2 },
  });
});

test("how many are red is known only if every red command says it", () => {
  const count = (...all: (typeof UNKNOWN | typeof GREEN)[]) =>
    joinJudged(all.map((judged) => ({ folder: "", judged })))?.baseline.redOnBaseCount;
  expect([count(GREEN, UNKNOWN), count(GREEN, GREEN)]).toEqual([null, 0]);
});
