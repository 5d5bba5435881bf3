import { HOUR, MINUTE } from "@patchpilot/time";
import { expect, test } from "vitest";
import { errorsEvery, NOW } from "../../testing/world.ts";
import { countSeen, seenInList } from "./seen.ts";

const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();
const seen = { at: ago(5), events: 100 };

test("errors since the last count are added to it", () => {
  const points = errorsEvery(60, NOW - 10 * HOUR, NOW);
  expect(countSeen({ seen }, { points }, NOW)).toEqual({ at: ago(0), events: 105, lastSeen: ago(1) });
});

test("a history that holds more than was counted is the count", () => {
  const points = errorsEvery(1, NOW - 10 * HOUR, NOW - 9 * HOUR);
  expect(countSeen({ seen: { at: ago(9), events: 1 } }, { points }, NOW)?.events).toBe(60);
});

test("without an error, nothing was seen last", () => {
  expect(countSeen({ seen }, { points: [] }, NOW)).toEqual({ at: ago(0), events: 100 });
});

test("what was never counted is not known from a part of it", () => {
  expect(countSeen({}, { points: errorsEvery(60, NOW - HOUR, NOW) }, NOW)).toBeUndefined();
});

test("a list says what it knows", () => {
  expect(seenInList({ lastSeen: NOW - 2 * MINUTE, count: 3, users: null }, NOW)).toEqual({
    at: ago(0),
    events: 3,
    lastSeen: new Date(NOW - 2 * MINUTE).toISOString(),
  });
});
