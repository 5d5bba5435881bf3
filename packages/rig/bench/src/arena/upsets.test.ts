import { describe, expect, test } from "vitest";
import { asShipped } from "./as-shipped.ts";
import type { Contestant } from "./contestant.ts";
import type { ArenaCell } from "./figures.ts";
import { playArena } from "./play-arena.ts";
import { sayAlways } from "./testing/say-always.ts";
import { findUpsets } from "./upsets.ts";

const WORLD: ArenaCell = { from: "deploy", name: "one by one", perHour: 5 };
const TRIALS = 20;

/** Whether a rival is better than the rule that is ours here, and whether that is proven. */
const compare = (ours: Contestant, rival: Contestant, trials = TRIALS) =>
  findUpsets(playArena([ours, rival], WORLD, trials, 1)).map(({ isProven }) => ({ isProven }));

describe("a rival that is better", () => {
  test("is proven so by a rule of ours that is worse in everything", () => {
    expect(compare(sayAlways("recovered", { afterHours: 72 }), asShipped)).toEqual([{ isProven: true }]);
  });

  test("is not proven so by a handful of incidents", () => {
    expect(compare(sayAlways("recovered", { afterHours: 72 }), asShipped, 3)).toEqual([{ isProven: false }]);
  });

  test("is named where it makes as few mistakes and is sooner", () => {
    expect(compare(sayAlways("waiting"), sayAlways("waiting"))).toEqual([]);
    const late = sayAlways("recovered", { afterHours: 72 });
    expect(compare(late, sayAlways("recovered", { afterHours: 48 }))).toEqual([{ isProven: false }]);
  });

  test("is none where it makes fewer mistakes but is later, or is sooner and makes more", () => {
    expect(compare(sayAlways("recovered"), asShipped)).toEqual([]);
    expect(compare(asShipped, sayAlways("recovered"))).toEqual([]);
  });
});
