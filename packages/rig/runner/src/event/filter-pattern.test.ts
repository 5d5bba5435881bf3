import { expect, it } from "vitest";
import { matchesFilter } from "./filter-pattern.ts";

it.each([
  [["main"], "main", true],
  [["main"], "maintenance", false],
  [["releases/*"], "releases/10", true],
  [["releases/*"], "releases/10/beta", false],
  [["releases/**"], "releases/10/beta", true],
  [["v[12].[0-9]+"], "v2.13", true],
  [["*.jsx?"], "page.js", true],
  [["**", "!releases/**"], "releases/10", false],
  [["!main", "main"], "main", true],
  [["a.b"], "axb", false],
])("%j on %s: %s", (patterns, name, passes) => {
  expect(matchesFilter(patterns, name)).toBe(passes);
});
