import type { RecoveryNumbers } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { describeCounts } from "./questions/errors/words.ts";
import { describeOdds } from "./words.ts";

test.each([
  [0.001, "under 0.1 : 1"],
  [0.06, "0.1 : 1"],
  [9.94, "9.9 : 1"],
  [23.4, "23 : 1"],
  [1e9, "over 1,000,000 : 1"],
])("odds of %d are told as %s", (odds, words) => {
  expect(describeOdds(Math.log(odds))).toBe(words);
});

test.each([
  [0, "no error in 12 min"],
  [1, "errors in 1 five-minute bucket in 12 min"],
  [13, "errors in 13 five-minute buckets in 12 min"],
])("%d buckets with errors are told as a person would", (c, words) => {
  const numbers = { c, hoursSinceDeploy: 0.2, E: 3, ratePerHour: 5.4 } as RecoveryNumbers;
  expect(describeCounts(numbers, "spans")).toMatch(new RegExp(`^${words} and 3 requests since the deploy`));
});

test.each([
  [0, "none of it"],
  [3, "3 h and 40 sessions of it"],
])("with %d hours in which the error used to occur, only those count", (carriedHours, words) => {
  const numbers = { c: 0, hoursSinceDeploy: 20, E: 40, ratePerHour: 5.4, carriedHours } as RecoveryNumbers;
  expect(describeCounts(numbers, "sessions")).toBe(
    `no error in 20 h since the deploy, ${words} at the hours at which the error used to occur (5.4 an hour)`,
  );
});
