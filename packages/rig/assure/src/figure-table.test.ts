import { expect, test } from "vitest";
import type { Tally } from "./figure.ts";
import { figureTable } from "./figure-table.ts";
import { judgeFigure, judgeTable, makeFigure, makeUnmeasured } from "./make-figure.ts";
import { brokenRaces } from "./testing/broken-races.ts";

const tally = (broken: number): Tally => ({ sample: 40, counts: { broken }, worst: {}, faults: [] });

test("a figure takes one line, with the command that measures it again", () => {
  const [, , line = ""] = figureTable([makeFigure(brokenRaces, tally(0), "short")]).split("\n");
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

test("a missed goal differs from what nobody measures, and neither is held", () => {
  const missed = makeFigure(brokenRaces, tally(1), "full");
  const unmeasured = makeUnmeasured({ name: "range", goal: "0 bytes", missing: "no range" });
  expect([missed, unmeasured].map(judgeFigure)).toEqual(["MISSED", "not measured"]);
  expect(unmeasured.holds).toBe(false);
  expect(missed.command).toBe("npm run assure -- --only races --full");
});

const faultsOf = (broken: number, declared: Readonly<Record<string, string>>) =>
  judgeTable([makeFigure(brokenRaces, tally(broken), "short")], declared).map(({ isDeclared }) => isDeclared);

test("a miss counts unless it is declared, and a declared one that is none counts", () => {
  expect([
    faultsOf(1, {}),
    faultsOf(1, { races: "known" }),
    faultsOf(0, { races: "known" }),
    faultsOf(0, {}),
  ]).toEqual([[false], [true], [false], []]);
});
