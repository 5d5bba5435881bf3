import { summarise } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { DAY_BUCKETS, hours } from "../worlds/plan.ts";
import type { WatchLook } from "./detector.ts";
import { sumUntil } from "./follow-watch.ts";
import { plainDetector } from "./plain-detector.ts";

/** One error an hour for a week before the deploy. */
const before = summarise({
  baseline: everyHours(1, 7 * DAY_BUCKETS),
  since: { events: [], exposure: [] },
  clock: false,
  baselineBeginsAtFirstEvent: false,
  hoursSinceDeploy: 0,
});

function everyHours(gap: number, length: number, from = 0) {
  const events = Array.from({ length }, (_, i) => (i >= from && i % hours(gap) === 0 ? 1 : 0));
  return { events, exposure: new Array<number>(length).fill(1) };
}

function say(since: WatchLook["since"], releases: readonly number[] = []): string {
  const stragglers = new Array<number>(since.events.length).fill(0);
  const seen = since.events.length;
  return plainDetector({ before, since, stragglers, releases, until: sumUntil(since), seen });
}

const never = (length: number) => everyHours(1, length, length);

describe("the plain detector, one error an hour before the deploy", () => {
  test("cannot tell at once, and says away after two days of silence", () => {
    expect([say(never(hours(1))), say(never(2 * DAY_BUCKETS))]).toEqual(["cannot tell", "away"]);
  });

  test("says back when the old rate has been there for a day, after a month of silence", () => {
    expect(say(everyHours(1, 31 * DAY_BUCKETS, 30 * DAY_BUCKETS))).toBe("back");
  });

  test("says back of a third that has been there for five days", () => {
    expect(say(everyHours(3, 15 * DAY_BUCKETS, 10 * DAY_BUCKETS))).toBe("back");
  });

  test("takes a single error for nothing", () => {
    expect(say(everyHours(24, 3 * DAY_BUCKETS, 2 * DAY_BUCKETS))).toBe("away");
  });

  test("says that a tenth is left, and not that it is back", () => {
    expect(say(everyHours(10, 60 * DAY_BUCKETS))).toBe("tenth");
  });

  test("takes a release for a further instant at which it may have begun, not for a new beginning", () => {
    const since = everyHours(1, 30 * DAY_BUCKETS + hours(5), 30 * DAY_BUCKETS);
    expect([say(since), say(since, [30 * DAY_BUCKETS])]).toEqual(["cannot tell", "back"]);
  });

  test("says nothing where nothing was counted before", () => {
    const empty = { ...before, active0: 0, E0: 0 };
    const since = never(DAY_BUCKETS);
    const look = { since, stragglers: [], releases: [], until: sumUntil(since), seen: DAY_BUCKETS };
    expect(plainDetector({ ...look, before: empty })).toBe("cannot tell");
  });
});
