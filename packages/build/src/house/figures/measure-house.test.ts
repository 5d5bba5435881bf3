import { expect, test } from "vitest";
import { parseSource } from "../sources/parse-source.ts";
import { type FigureName, measureHouse } from "./measure-house.ts";

const source = (path: string, text: string) => parseSource({ path, text });

/** A house of the given shipped files, and one test. */
const measure = (...shipped: ReturnType<typeof source>[]) => {
  const spec = source("packages/house/src/door.test.ts", 'import "./door.ts";\nfunction endOf() {}\n');
  return measureHouse({
    sources: [...shipped, spec],
    written: shipped,
    shipped,
    exported: new Map([["@patchpilot/house", "packages/house/src/door.ts"]]),
    forbidden: ["a sentence"],
  });
};

const long = (lines: number): string => `export function walk() {\n${"step();\n".repeat(lines - 2)}}\n`;

test.each<[FigureName, string, number]>([
  ["functions named …Of", "const endOf = () => 1;\nfunction partsOf() {}\nconst Of = 1, of = () => 2;\n", 2],
  ["functions over 45 lines", long(46), 1],
  ["functions over 45 lines", long(45), 0],
  ["shipped files over 250 lines", long(251), 1],
  ["shipped files over 250 lines", long(250), 0],
  ["lines of the longest shipped file", long(33), 33],
  ["lines of code, shipped", "// one\n\nconst two = `\n\nthree`;\n", 2],
  ["lines of code, the rest", "", 2],
  ["circles of imports", 'import type { A } from "@patchpilot/house";\n', 1],
  ["circles of values among them", 'import type { A } from "@patchpilot/house";\n', 0],
  ["circles of values among them", 'import "@patchpilot/house";\n', 1],
  ["arrows upward", "", 1],
])("%s", (name, text, count) => {
  expect(measure(source("packages/house/src/door.ts", text))[name].count).toBe(count);
});

test("pairs and shared names are counted with their places", () => {
  const text = `export const door = 1;\n${long(8)}`;
  const figures = measure(source("a.ts", text), source("b.ts", text));
  expect(figures["exported names that two files share"].places).toEqual([
    "door: a.ts b.ts",
    "walk: a.ts b.ts",
  ]);
  expect(figures["pairs of places that share six lines or more"].places).toEqual(["a.ts:1 ~ b.ts:1"]);
  expect(figures["pairs by shape alone among them"].count).toBe(0);
});
