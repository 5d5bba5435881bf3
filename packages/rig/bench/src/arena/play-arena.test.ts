import { describe, expect, test } from "vitest";
import { WATCH_CELLS } from "../verdicts/watch/watch-cells.ts";
import { asShipped } from "./as-shipped.ts";
import type { Contestant } from "./contestant.ts";
import { CONTESTANTS } from "./contestants.ts";
import { MISTAKES } from "./endings.ts";
import { type ArenaCell, medianDelay } from "./figures.ts";
import { playArena } from "./play-arena.ts";
import { sayAlways } from "./testing/say-always.ts";

const TRIALS = 6;
const WORLD: ArenaCell = { from: "deploy", name: "one by one", perHour: 5 };
const CLOSED: ArenaCell = { from: "close", name: "one by one", perHour: 5 };

const play = (contestant: Contestant, cell: ArenaCell, trials = TRIALS) => {
  const [figures] = playArena([contestant], cell, trials, 1).contestants;
  if (figures === undefined) throw new RangeError("Nobody has judged.");
  return figures;
};
/** The mistakes that were made in every incident in which they can be, and those that were made in some. */
const mistakes = (contestant: Contestant, cell: ArenaCell) => {
  const { mistakes: made } = play(contestant, cell);
  const named = (holds: (count: number, of: number) => boolean) =>
    MISTAKES.filter((what) => holds(made[what].count, made[what].of));
  return {
    always: named((count, of) => of > 0 && count === of),
    sometimes: named((count, of) => count > 0 && count < of),
  };
};

describe("what is judged from the deploy on", () => {
  test("who always says recovered is wrong about all that is left, and misses every relapse", () => {
    expect(mistakes(sayAlways("recovered"), WORLD)).toEqual({
      always: ["nothing fixed", "half left", "a quarter left", "relapse missed"],
      sometimes: [],
    });
  });

  test("who takes every recovery back gives a false alarm each time, and finds no relapse by it", () => {
    const { always } = mistakes(sayAlways("recovered", { backAfterHours: 1 }), WORLD);
    expect(always).toContain("false alarm");
    expect(always).not.toContain("relapse missed");
  });

  test("who is silent makes no mistake, and never comes to a recovery", () => {
    const silent = sayAlways("waiting");
    expect(mistakes(silent, WORLD)).toEqual({ always: [], sometimes: [] });
    expect(medianDelay(play(silent, WORLD))).toBeNull();
  });

  test("who calls everything failing is wrong about what is fixed", () => {
    expect(mistakes(sayAlways("failing"), WORLD)).toEqual({ always: ["called failing"], sometimes: [] });
  });

  test("a relapse that is found in time is none that is missed", () => {
    expect(mistakes(sayAlways("recovered", { backAfterHours: 12 }), WORLD).always).not.toContain(
      "relapse missed",
    );
    expect(mistakes(sayAlways("recovered", { backAfterHours: 72 }), WORLD).always).toContain(
      "relapse missed",
    );
  });

  test("where most of production never gets the fix, nobody can say recovered in time", () => {
    const canary = play(sayAlways("recovered"), { ...WORLD, name: "canary of 10 %" });
    expect(medianDelay(canary)).toBeUndefined();
    expect(canary.mistakes["half left"]).toEqual({ count: 3 * TRIALS, of: 3 * TRIALS });
  });
});

describe("what is judged from the close on", () => {
  test("a tenth that comes back is no relapse", () => {
    const relapses = WATCH_CELLS.filter(
      ({ pattern, perHour, back }) => pattern === CLOSED.name && perHour === 5 && (back?.share ?? 0) > 0.1,
    );
    const { mistakes: made } = play(sayAlways("recovered"), CLOSED, 1);
    expect(made["relapse missed"].of).toBe(relapses.length);
  });

  test("who never says back misses every relapse, and gives no alarm", () => {
    expect(mistakes(sayAlways("recovered"), CLOSED)).toEqual({ always: ["relapse missed"], sometimes: [] });
  });

  test("who says back at once gives a false alarm in every incident", () => {
    expect(mistakes(sayAlways("recovered", { backAfterHours: 0.5 }), CLOSED).always).toEqual(["false alarm"]);
  });
});

describe("those who are compared", () => {
  test("our rule closes what is fixed, finds what comes back, and is sure of what is not fixed", () => {
    const ours = play(asShipped, WORLD, 10);
    expect(medianDelay(ours)).toBeLessThan(4);
    for (const what of ["nothing fixed", "relapse missed"] as const)
      expect(ours.mistakes[what]).toEqual({ count: 0, of: 10 });
  });

  test("each of the others makes mistakes, or takes longer", () => {
    const [ours, ...rivals] = playArena(CONTESTANTS, WORLD, 10, 1).contestants;
    const isWorse = rivals.map(({ wrong, later }) => wrong.theirs > wrong.ours || later.theirs > later.ours);
    expect([ours?.name, isWorse]).toEqual(["PatchPilot", rivals.map(() => true)]);
  });

  test("the same seed gives the same figures, no matter who else judges", () => {
    const [, , second] = playArena(CONTESTANTS, WORLD, TRIALS, 1).contestants;
    const { mistakes: alone } = play(CONTESTANTS[2] ?? asShipped, WORLD);
    expect(alone).toEqual(second?.mistakes);
  });
});
