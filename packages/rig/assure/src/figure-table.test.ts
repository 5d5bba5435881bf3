import { expect, test } from "vitest";
import type { FigureSource, Tally } from "./figure.ts";
import { figureTable } from "./figure-table.ts";
import { judgeFigure, judgeTable, makeFigure, makeUnmeasured } from "./make-figure.ts";

const source: FigureSource = {
  name: "races",
  goal: "0 violations",
  measures: [],
  shards: [],
  playShort: () => Promise.reject(new Error("not asked")),
  playShard: () => Promise.reject(new Error("not asked")),
  describe: ({ sample, counts }) => ({
    seen: `${counts["broken"]} | broken`,
    holds: counts["broken"] === 0,
    sample: `${sample} races`,
  }),
};
const tally = (broken: number): Tally => ({ sample: 40, counts: { broken }, worst: {}, faults: [] });

test("a figure stands in one line, with the command that measures it again", () => {
  const [, , line = ""] = figureTable([makeFigure(source, tally(0), "short")]).split("\n");
  expect(line.split(/(?<!\\)\|/).map((cell) => cell.trim())).toEqual([
    "",
    "races",
    "0 violations",
    "0 \\| broken",
    "held",
    "40 races",
    "",
    "npm run assure -- --only races",
    "",
  ]);
});

test("a missed goal is told from what nobody measures, and neither is held", () => {
  const missed = makeFigure(source, tally(1), "full");
  const unmeasured = makeUnmeasured({ name: "range", goal: "0 bytes", missing: "no range" });
  expect([missed, unmeasured].map(judgeFigure)).toEqual(["MISSED", "not measured"]);
  expect(unmeasured.holds).toBe(false);
  expect(missed.command).toBe("npm run assure -- --only races --full");
});

const faultsOf = (broken: number, declared: Readonly<Record<string, string>>) =>
  judgeTable([makeFigure(source, tally(broken), "short")], declared).map(({ isDeclared }) => isDeclared);

test("a miss counts unless it is declared, and a declared one that is none counts", () => {
  expect([
    faultsOf(1, {}),
    faultsOf(1, { races: "known" }),
    faultsOf(0, { races: "known" }),
    faultsOf(0, {}),
  ]).toEqual([[false], [true], [false], []]);
});
