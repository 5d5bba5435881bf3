import { describe, expect, test } from "vitest";
import { type Judge, judgeAsShipped } from "./judge-as-shipped.ts";
import { playWorld, type WorldCell } from "./play-world.ts";
import { compareWorldTargets } from "./world-targets.ts";

const TRIALS = 40;
const CELL: WorldCell = { name: "one by one", perHour: 5, residue: 1 };
const play = (judge: Judge, cell: Partial<WorldCell>) => playWorld(judge, { ...CELL, ...cell }, TRIALS, 1);
const missed = (judge: Judge, cell: Partial<WorldCell>) =>
  compareWorldTargets(play(judge, cell)).flatMap(({ what, met }) => (met ? [] : [what]));

const always =
  (verdict: string): Judge =>
  () => ({ verdict, hours: 1 });

describe("a world that is played", () => {
  test("the shipped rule keeps what is promised where errors come one by one", () => {
    const broken = [1, 0.5, 0.25, 0].flatMap((residue) => missed(judgeAsShipped, { residue }));
    expect(broken).toEqual([]);
  });

  test("the same seed gives the same figures", () => {
    expect(play(judgeAsShipped, { residue: 0.1 })).toEqual(play(judgeAsShipped, { residue: 0.1 }));
  });

  test("a rule that always says recovered is wrong about what is left, up to a quarter", () => {
    const broken = [1, 0.5, 0.25, 0.1].map((residue) => missed(always("recovered"), { residue }));
    expect(broken).toEqual([
      ["recovered with nothing fixed"],
      ["recovered with half or more left"],
      ["recovered with a quarter or more left"],
      [],
    ]);
  });

  test("a rule that always says failing is wrong about complete fixes, and too slow", () => {
    expect(missed(always("failing"), { residue: 0 })).toEqual([
      "a complete fix called failing",
      "median time to recovered",
    ]);
  });

  test("what is left in production counts, not what clients with the fix have", () => {
    const canary = { name: "canary of 10 %", residue: 0 };
    expect(missed(always("recovered"), canary)).toEqual(["recovered with half or more left"]);
  });

  test("where it should be silent only a recovery of nothing is wrong, and where nothing is promised none is", () => {
    const silent = { name: "once a day" };
    expect(missed(always("recovered"), silent)).toEqual([
      "recovered with nothing fixed, where it should be silent",
    ]);
    expect(missed(always("failing"), { ...silent, residue: 0 })).toEqual([]);
    const printed = { name: "first-ever flare, old clients beside new ones for 6 h" };
    expect(compareWorldTargets(play(always("recovered"), printed))).toEqual([]);
  });

  test("residues that are only printed are held to nothing", () => {
    const exciting = { name: "self-exciting, branching 0.8 over 20 min", residue: 0.25 };
    expect(compareWorldTargets(play(always("recovered"), exciting))).toEqual([]);
  });

  test("an unknown name is refused", () => {
    expect(() => play(always("failing"), { name: "mars" })).toThrow('There is no world named "mars".');
  });
});
