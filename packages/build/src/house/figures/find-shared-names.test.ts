import { expect, test } from "vitest";
import { parseSource } from "../sources/parse-source.ts";
import { findSharedNames } from "./find-shared-names.ts";

const parse = (path: string, text: string) => parseSource({ path, text });

test("a name is shared by two files, be it a type or a value, and not by one that passes it on", () => {
  const shared = findSharedNames([
    parse("a.ts", "export type Door = string; export const Window = 1;"),
    parse("b.ts", "export const Door = 1; const Window = 2;"),
    parse("c.ts", 'export { Window } from "./a.ts";'),
    parse("d.ts", "export function roof(a: string): void; export function roof(a: unknown): void {}"),
  ]);
  expect([...shared]).toEqual([["Door", ["a.ts", "b.ts"]]]);
});
