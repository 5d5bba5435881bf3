import type { RecoverySummary } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import {
  type CountedErrors,
  describeBefore,
  describeCounts,
  describeFall,
} from "./questions/errors/words.ts";
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

const counted = (more: Partial<RecoverySummary>): CountedErrors => ({
  summary: { c: 0, hours: 0.2, E: 3, events0: 907, known0: 2016, ...more } as RecoverySummary,
  source: "spans",
});

test.each([
  [{ events: 0 }, "no error in 12 min and 3 requests"],
  [{ events: 1, c: 1, E: 1 }, "1 error in 12 min and 1 request"],
  [{ events: 1300, c: 13 }, "1,300 errors in 12 min and 3 requests"],
  [{ c: 13 }, "errors in 13 five-minute buckets in 12 min and 3 requests"],
])("counts of %j read as people would say it", (more, words) => {
  expect(describeCounts(counted(more))).toBe(words);
});

test("the rate before is one of errors, not of buckets with errors", () => {
  expect(describeBefore({ events0: 20_160, known0: 2016 })).toBe("120 errors an hour before that");
});

test.each([
  [0, "none"],
  [3, "3 h and 40 requests"],
])("with %d hours in which the error used to occur, only those count", (hours, words) => {
  const more = { events: 0, hours: 20, E: 40, carried: { hours, cap: 48 } };
  expect(describeCounts(counted(more))).toBe(
    `no error in 20 h, ${words} of it at the hours at which the error used to occur`,
  );
});

describe("how far errors fell", () => {
  const week = { events0: 1680, known0: 2016, E0: 20_160 };
  const fall = (more: Partial<RecoverySummary>) => describeFall(counted({ ...week, ...more }));

  test("is said by the hour where traffic is about as it was", () => {
    expect(fall({ events: 40, known: 240, E: 2400 })).toBe("from 10 to 2 an hour");
  });

  test("is said by traffic where the fix has a part of it, so that fewer requests are no fall", () => {
    expect(fall({ events: 20, known: 240, E: 240 })).toBe("from 83 to 83 in 1,000 requests");
  });

  test("is not said from records that hold no number of errors", () => {
    expect(fall({ known: 240, E: 2400 })).toBeUndefined();
  });
});
