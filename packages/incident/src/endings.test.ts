import { expect, test } from "vitest";
import { ATTEMPT_ENDINGS, ENDING_CAUSES, isNobodysFault, usesUpAttempt } from "./endings.ts";

test("setup, limits and infrastructure are nobody's fault; the agent, its tests and what is not known are", () => {
  expect([...ENDING_CAUSES, undefined].filter(isNobodysFault)).toEqual(["setup", "limits", "infrastructure"]);
});

test("a question and an accident use up no attempt; every other ending does", () => {
  expect([...ATTEMPT_ENDINGS, undefined].filter(usesUpAttempt)).toEqual([
    "reported",
    "red-checks",
    undefined,
  ]);
});
