import { expect, test } from "vitest";
import { findNamedFile } from "./find-named-file.ts";

const CART = "src/main/java/com/acme/Cart.java";
const find = (named: string, ...more: string[]) => findNamedFile(new Set([CART, ...more]), named);

test("a file is found by its path, also where others end so", () => {
  expect(find(CART, `old/${CART}`)).toBe(CART);
});

test("a file is found by its package's folders", () => {
  expect(find("com/acme/Cart.java")).toBe(CART);
});

test("no file is found by an end that several have", () => {
  expect(find("com/acme/Cart.java", `old/${CART}`)).toBeUndefined();
});

test.each(["cme/Cart.java", "Cart.java", "/com/acme/Cart.java", "org/acme/Cart.java"])(
  "no file is found by %s",
  (named) => expect(find(named)).toBeUndefined(),
);
