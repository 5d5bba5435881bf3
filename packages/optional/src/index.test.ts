import { expect, expectTypeOf, test } from "vitest";
import { omitUndefined } from "./index.ts";

test("only what is undefined is left out", () => {
  const fields = { a: undefined, b: null, c: false, d: 0, e: "", f: "kept" };
  expect(Object.keys(omitUndefined(fields))).toEqual(["b", "c", "d", "e", "f"]);
});

test("a field that may be undefined becomes optional, and the others stay as they are", () => {
  const name = "one" as string | undefined;
  const result = omitUndefined({ name, redirect: "manual", count: 2 as number | null });
  expectTypeOf(result).toEqualTypeOf<{ redirect: "manual"; count: number | null } & { name?: string }>();
});
