import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type AssuredFigure, assuredTable, securityPage } from "./assured-figures.ts";

const RACES: AssuredFigure = {
  figure: "races",
  goal: "0 violations",
  seen: "0 with a violation",
  holds: true,
  sample: "100,000 interleavings",
  interval: "<= .003 % at 95 %",
  command: "npm run assure -- --only races --full",
  commit: "0123456789abcdef0123",
  date: "2026-11-30T09:00:00.000Z",
  parts: 100,
  ofParts: 100,
};

const cellsOf = (figure: AssuredFigure): string[] =>
  (assuredTable([figure]).split("\n").at(-1) ?? "").split("|").map((cell) => cell.trim());

test("a figure that was seen in full has its commit and day", () => {
  expect(cellsOf(RACES)).toEqual([
    "",
    "`races`",
    "0 violations",
    "0 with a violation",
    "yes",
    "100,000 interleavings",
    "<= .003 % at 95 %",
    "`0123456789ab`, 2026-11-30",
    "",
  ]);
});

test("a missed goal is said", () => {
  expect(cellsOf({ ...RACES, holds: false })[4]).toBe("**no**");
});

test("a figure of which parts are missing meets no goal", () => {
  expect(cellsOf({ ...RACES, parts: 3 })[4]).toBe("open: 3 of 100 parts played");
});

test("a figure that nothing measures is said not to be measured", () => {
  const { commit: _, date: __, ...rest } = { ...RACES, seen: "no model", sample: "not measured" };
  expect(cellsOf(rest).slice(3, 6)).toEqual(["nothing: no model", "not measured", "not measured"]);
});

test("the page takes what is kept, and nothing else", () => {
  const repository = mkdtempSync(join(tmpdir(), "security-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  const results = join(repository, "packages/rig/assure/results");
  mkdirSync(join(results, "races"), { recursive: true });
  mkdirSync(join(repository, "docs"));
  writeFileSync(join(repository, "docs/security.md"), "<!-- generated:assured -->\n<!-- /generated -->\n");
  expect(securityPage(repository).text).toContain("Nothing was measured in full.");
  writeFileSync(join(results, "races", "001.json"), "{}");
  writeFileSync(join(results, "races.json"), JSON.stringify(RACES));
  expect(securityPage(repository).text).toContain("| `races` |");
});
