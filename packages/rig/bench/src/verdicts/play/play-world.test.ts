import { describe, expect, test } from "vitest";
import type { Judge } from "./judge.ts";
import { judgeAlone, judgeAsShipped } from "./judge-as-shipped.ts";
import { playWorld, type WorldCell } from "./play-world.ts";
import { compareWorldTargets, findUnpromised } from "./world-targets.ts";

const TRIALS = 40;
const CELL: WorldCell = { name: "one by one", perHour: 5, residue: 1 };
const play = (judge: Judge, cell: Partial<WorldCell>) => playWorld(judge, { ...CELL, ...cell }, TRIALS, 1);
const missed = (judge: Judge, cell: Partial<WorldCell>) =>
  compareWorldTargets(play(judge, cell)).flatMap(({ what, met }) => (met ? [] : [what]));

const always =
  (verdict: string): Judge =>
  () => ({ verdict, hours: 1, promised: null });

describe("a world that is played", () => {
  test("the shipped rule keeps what is promised where errors come one by one", () => {
    const broken = [1, 0.5, 0.25, 0].flatMap((residue) => missed(judgeAsShipped, { residue }));
    expect(broken).toEqual([]);
  });

  test("counts that nothing vouches for take longer in the same incidents", () => {
    const [alone, vouched] = [judgeAlone, judgeAsShipped].map((judge) =>
      play(judge, { perHour: 1, residue: 0 }),
    );
    expect(alone?.medianHours).toBeGreaterThan((vouched?.medianHours ?? Number.NaN) * 1.05);
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

  test("residues that are only printed are held to nothing, and listed where they are worse than the rest", () => {
    const exciting = { name: "self-exciting, branching 0.8 over 20 min", residue: 0.25 };
    const played = play(always("recovered"), exciting);
    expect(compareWorldTargets(played)).toEqual([]);
    expect(findUnpromised(played).map(({ what }) => what)).toEqual(["recovered with a quarter or more left"]);
    expect(findUnpromised(play(always("inconclusive"), exciting))).toEqual([]);
    expect(findUnpromised(play(always("recovered"), {}))).toEqual([]);
  });

  test("what has stopped is not called recovered", () => {
    const { recovered, stopped, medianHours } = play(always("stopped"), { residue: 0 });
    expect([recovered, stopped, medianHours]).toEqual([0, TRIALS, null]);
    expect(missed(always("stopped"), { residue: 1 })).toEqual([]);
  });

  test("a wait is held against 1.15 times that of version 2, where it decides", () => {
    const rollOut = play(always("recovered"), {
      name: "roll-out with a half-life of 6 h, errors and traffic by release",
      residue: 0,
    });
    const against = (alone: number | null) => compareWorldTargets(rollOut, alone).map(({ met }) => met);
    expect([against(0.88), against(0.86), against(null)]).toEqual([[true, true], [true, false], [true]]);
  });

  test("an unknown name is refused", () => {
    expect(() => play(always("failing"), { name: "mars" })).toThrow('There is no world named "mars".');
  });
});
