import { expect, test } from "vitest";
import { readChangedLines } from "./read-diff.ts";

const file = (mode: string) => ({ mode, oid: "1".repeat(40) });
const CHANGES = [{ path: "a.js", before: file("100644"), after: file("100644") }];
const diffOf = (...lines: string[]) =>
  ["diff --git a/a.js b/a.js", "--- a/a.js", "+++ b/a.js", "@@ -1,3 +1,3 @@", ...lines, ""].join("\n");

test("kept, removed and added lines are counted where they are", () => {
  const lines = readChangedLines(diffOf(" ", "-old", "+new", " x"), CHANGES);
  expect(lines.get("a.js")).toEqual([{ removed: [2], added: [2] }]);
});

test("a line that is neither kept, removed nor added is refused, and not taken for an added one", () => {
  expect(() => readChangedLines(diffOf("", "-old", "+new", " x"), CHANGES)).toThrow(/neither kept/);
});
