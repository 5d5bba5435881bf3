import { expect, test } from "vitest";
import { sortFile } from "./sort-change.ts";
import { spoilChange } from "./spoil-change.ts";

/** The lines of a changed file that were put in, each with the line that follows it. */
function putIn(path: string, base: string | undefined, patched: string): string[] {
  const text = spoilChange([sortFile({ path, base, patched })]).get(path) ?? "";
  const lines = text.split("\n");
  return lines.flatMap((line, at) => (line.includes("PatchPilot") ? [lines[at + 1] ?? ""] : []));
}

test("a line that throws comes before what changes in a function, as deep as that", () => {
  const base = "def a(b):\n    return b.c\n";
  const patched = "def a(b):\n    if b is None:\n        return 0\n    return b.c\n";
  const [text] = spoilChange([sortFile({ path: "a.py", base, patched })]).values();
  expect(text).toMatch(/^def a\(b\):\n {4}raise RuntimeError\(".*"\)\n {4}if b is None:\n/);
});

test("each function of a new file gets one, behind what begins it", () => {
  const patched = "export function a() {\n  return 1;\n}\n\nexport const b = (c) => {\n  return c;\n};\n";
  expect(putIn("a.js", undefined, patched)).toEqual(["  return 1;", "  return c;"]);
});

test("where lines only go, it comes where they were", () => {
  expect(putIn("a.go", "func A() {\n\tb()\n\tc()\n}\n", "func A() {\n\tc()\n}\n")).toEqual(["\tc()"]);
});

test("text in a string of several lines gets none", () => {
  const base = 'def a():\n    """One.\n\n    two\n    """\n    return 1\n';
  expect(putIn("a.py", base, base.replace("two", "2\n    3"))).toEqual([]);
});

test.each([
  ["a value outside of functions", "a.py", "A = 1\n", "A = 2\n"],
  ["the head of a function", "a.rs", "fn a() {}\n", "fn a(b: u8) {}\n"],
  ["a test beside the code", "a.py", "x = 1\n", "x = 1\n\n\ndef test_a():\n    assert x\n"],
  ["a file that no language is known of", "a.yaml", "a: 1\n", "a: 2\n"],
])("%s gets none", (_, path, base, patched) => {
  expect(putIn(path, base, patched)).toEqual([]);
});
