import { expect, test } from "vitest";
import { findNamedFile } from "./find-named-file.ts";

const paths = new Set([
  "src/main/java/com/acme/Cart.java",
  "a/src/main/java/com/acme/Mail.java",
  "b/src/main/java/com/acme/Mail.java",
  "src/main/java/com/acme/MyCart.java",
  "acme/Mail.java",
]);

test.each([
  ["its path", "src/main/java/com/acme/Cart.java", "src/main/java/com/acme/Cart.java"],
  ["its package's folders", "com/acme/Cart.java", "src/main/java/com/acme/Cart.java"],
  ["its path, also where others end so", "acme/Mail.java", "acme/Mail.java"],
])("a file is found by %s", (_what, named, found) => {
  expect(findNamedFile(paths, named)).toBe(found);
});

test.each([
  ["the end of several files", "com/acme/Mail.java"],
  ["part of a folder's name", "cme/Cart.java"],
  ["a name without a folder", "Cart.java"],
  ["a path from the root", "/com/acme/Cart.java"],
  ["a library's file", "org/acme/Cart.java"],
])("no file is found by %s", (_what, named) => {
  expect(findNamedFile(paths, named)).toBeUndefined();
});
