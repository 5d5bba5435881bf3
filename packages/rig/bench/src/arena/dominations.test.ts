import { describe, expect, test } from "vitest";
import type { Contestant } from "./contestant.ts";
import { findDominations, isUndeclared } from "./dominations.ts";
import { playArena } from "./play-arena.ts";
import { dayCount } from "./rivals/counting-rivals.ts";
import { enterRival } from "./rivals/enter-rival.ts";
import { sentryAutoResolve } from "./rivals/quiet-rivals.ts";
import { sayAlways } from "./testing/say-always.ts";

const TRIALS = 30;
/** Wrong about all that is left, and later than a day. */
const late = sayAlways("recovered", { afterHours: 72 });
const aDay = enterRival(dayCount);

/** Where a rival is better than the rule that is ours here, and what it means. */
const compare = (ours: Contestant, rival: Contestant, { trials = TRIALS, rates = [5] } = {}) =>
  findDominations(
    rates.map((perHour) =>
      playArena([ours, rival], { from: "deploy", name: "one by one", perHour }, trials, 1),
    ),
  ).map((found) => ({ at: found.perHour, isProven: found.isProven, isRed: isUndeclared(found) }));

describe("a rival that is better", () => {
  test("is found by a rule of ours that is worse in everything, and that is red", () => {
    const red = { isProven: true, isRed: true };
    expect(compare(late, aDay)).toEqual([
      { at: null, ...red },
      { at: 5, ...red },
    ]);
  });

  test("is found over all rates of a world and at each", () => {
    expect(compare(late, aDay, { rates: [1, 5] }).map(({ at }) => at)).toEqual([null, 1, 5]);
  });

  test("may be so at one rate by chance, but not over all of them", () => {
    expect(compare(late, aDay, { trials: 3 })).toEqual([
      { at: null, isProven: false, isRed: true },
      { at: 5, isProven: false, isRed: false },
    ]);
  });

  test("is accepted if it is Sentry's, and ours leaves what is fixed undecided", () => {
    const wrongOrSilent: Contestant = {
      ...aDay,
      judge: ({ events, deploy }) => {
        const isLeft = events.new.slice(deploy).some((count) => count > 0);
        return { verdict: isLeft ? "recovered" : "inconclusive", hours: 48 };
      },
    };
    const isRed = (rival: Contestant) => compare(wrongOrSilent, rival).map((found) => found.isRed);
    expect(isRed(enterRival(sentryAutoResolve))).toEqual([false, false]);
    expect(isRed(aDay)).toEqual([true, true]);
  });

  test("is none where it only makes fewer mistakes, or is only sooner", () => {
    expect(compare(sayAlways("recovered"), aDay)).toEqual([]);
    expect(compare(aDay, sayAlways("recovered"))).toEqual([]);
  });

  test("is none where it makes as many mistakes, however soon", () => {
    expect(compare(late, sayAlways("recovered", { afterHours: 48 }))).toEqual([]);
    expect(compare(sayAlways("waiting"), sayAlways("waiting"))).toEqual([]);
  });
});
