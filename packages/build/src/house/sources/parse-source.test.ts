import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";

const parse = (text: string) => parseSource({ path: "packages/house/src/door.ts", text });

test("imports are seen over several lines, for effect, passed on and on demand, with what they bring", () => {
  const { imports } = parse(`
    import {
      a,
    } from "one";
    import type { B } from "two";
    import { type C } from "three";
    import { type D, d } from "four";
    import "five";
    export * from "six";
    export type { E } from "seven";
    const f = () => import("eight");
    type G = import("nine").G;
    // import "none";
    const text = 'import "none"';
  `);
  expect(imports.map(({ specifier, typesOnly }) => `${specifier}${typesOnly ? " types" : ""}`)).toEqual([
    "one",
    "two types",
    "three types",
    "four",
    "five",
    "six",
    "seven types",
    "eight",
    "nine types",
  ]);
});

test("a file exports what it declares, not what it passes on", () => {
  const { exports } = parse(`
    export const a = 1, b = 2;
    export function c() {}
    export class D {}
    export type E = string;
    export interface F {}
    const g = 3;
    type H = string;
    export { g, type H };
    export type { H as I };
    export { j } from "./other.ts";
    export * from "./other.ts";
    const hidden = 4;
  `);
  expect(exports.filter(({ isType }) => !isType).map(({ name }) => name)).toEqual(["a", "b", "c", "D", "g"]);
  expect(exports.filter(({ isType }) => isType).map(({ name }) => name)).toEqual(["E", "F", "H", "I"]);
});

test("functions are named by declaration, variable and method, not by property, and measured from brace to brace", () => {
  const { functions } = parse(`
    function a() {
      return 1;
    }
    const b = () => 2;
    const c = { d() {}, e: () => 3, f: 4 };
    class G {
      h() {}
      i = () => 5;
    }
    [1].map(() => 6);
  `);
  expect(functions.map(({ name, lines }) => `${name} ${lines}`)).toEqual([
    "a 3",
    "b 1",
    "d 1",
    " 1",
    "h 1",
    " 1",
    " 1",
  ]);
});

test("comments are blanked line by line, and what looks like one in a string is code", () => {
  const { code } = parse('const a = 1; // one\n/**\n * two\n */\nconst b = "/* three */ // four";');
  expect(code.map((line) => line.trimEnd())).toEqual([
    "const a = 1;",
    "",
    "",
    "",
    'const b = "/* three */ // four";',
  ]);
});

test("a text that is no TypeScript is refused by its path", () => {
  expect(() => parse("const = ;")).toThrow("packages/house/src/door.ts cannot be parsed");
});
