import { expect, test } from "vitest";
import { search } from "../src/search.js";

test.each([
  [{}, "Everything"],
  [{ brand: "acme" }, "Filtered by 1"],
  [{ brand: "acme", size: "" }, "Filtered by 1"],
])("the title for %o", (query, title) => {
  expect(search(query).title).toBe(title);
});
