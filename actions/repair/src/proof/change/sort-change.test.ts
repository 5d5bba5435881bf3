import { describe, expect, test } from "vitest";
import { sortFile } from "./sort-change.ts";

const kinds = (path: string, base: string | undefined, patched: string | undefined) =>
  sortFile({ path, base, patched }).units.map(({ kind }) => kind);

describe("a unit is", () => {
  test.each([
    ["a test by its file", "tests/test_cart.py", "a = 1\n", "a = 2\n", ["test"]],
    ["a fixture by its folder", "pkg/testdata/cart.json", "1\n", "2\n", ["test"]],
    ["a snapshot", "src/__snapshots__/a.snap", "1\n", "2\n", ["test"]],
    ["a document", "docs/cart.md", "1\n", "2\n", ["docs"]],
    ["types of a declaration", "src/cart.d.ts", "1\n", "2\n", ["types"]],
    ["code", "src/cart.ts", "const a = 1;\n", "const a = 2;\n", ["code"]],
    ["a comment", "src/cart.ts", "// one\nconst a = 1;\n", "// two\nconst a = 1;\n", ["comment"]],
    ["space alone", "src/cart.ts", "const a = 1;\n", "const a = 1;  \n\n", ["comment"]],
    [
      "a docstring",
      "cart.py",
      'def a():\n    """One."""\n    b()\n',
      'def a():\n    """Two."""\n    b()\n',
      ["comment"],
    ],
    ["types", "src/cart.ts", "const a = 1;\n", "type A = 1;\nconst a = 1;\n", ["types"]],
    ["a type's place in code", "src/cart.ts", "const a = 1;\n", "const a: number = 1;\n", ["types"]],
    [
      "a setting of tests",
      "package.json",
      '{"devDependencies":{"vitest":"1"}}\n',
      '{"devDependencies":{"vitest":"2"}}\n',
      ["test"],
    ],
    [
      "a dependency",
      "package.json",
      '{"dependencies":{"x":"1"}}\n',
      '{"dependencies":{"x":"2"}}\n',
      ["code"],
    ],
  ])("%s", (_what, path, base, patched, expected) => {
    expect(kinds(path, base, patched)).toEqual(expected);
  });

  test.each([
    ["a comment that builds read", "main.go", "package a\n", "//go:build linux\npackage a\n"],
    ["a string that stands in a call", "a.py", 'run(\n    """A"""\n)\n', 'run(\n    """B"""\n)\n'],
    ["a comment's sign in a string", "a.ts", 'get("http://a");\n', 'get("http://b");\n'],
    ["indentation that is code", "a.py", "if a:\n    b()\n    c()\n", "if a:\n    b()\nc()\n"],
    ["an enum, which is there at run time", "a.ts", "x();\n", "enum A { B }\nx();\n"],
  ])("code, and not a comment or types: %s", (_what, path, base, patched) => {
    expect(kinds(path, base, patched)).toEqual(["code"]);
  });
});

describe("tests beside the code are told from it:", () => {
  test("Rust's module of tests", () => {
    const base = "fn a() -> u8 { 1 }\n";
    const tests = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() { assert_eq!(super::a(), 2); }\n}\n";
    expect(kinds("src/lib.rs", base, `fn a() -> u8 { 2 }\n${tests}`)).toEqual(["code", "test"]);
  });

  test("Rust's doctests", () => {
    const base = "/// Adds.\nfn a() {}\n";
    expect(kinds("src/lib.rs", base, "/// Adds.\n/// ```\n/// assert!(x());\n/// ```\nfn a() {}\n")).toEqual([
      "test",
    ]);
  });

  test("vitest's tests in the source", () => {
    const patched = "a(2);\nif (import.meta.vitest) {\n  test('a', () => {});\n}\n";
    expect(kinds("src/a.ts", "a(1);\n", patched)).toEqual(["code", "test"]);
  });

  test("Python's doctests, and tests below the program", () => {
    const base = 'def a():\n    """Adds."""\n    return 1\n';
    const patched =
      'def a():\n    """Adds.\n\n    >>> a()\n    2\n    """\n    return 2\n\n\ndef test_a():\n    assert a() == 2\n';
    expect(kinds("a.py", base, patched)).toContain("test");
    expect(kinds("a.py", base, patched)).toContain("code");
  });

  test("both in a new file cannot be told apart", () => {
    expect(kinds("src/new.rs", undefined, "fn a() {}\n#[test]\nfn t() {}\n")).toEqual(["mixed"]);
  });
});
