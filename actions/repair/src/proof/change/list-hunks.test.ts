import { describe, expect, test } from "vitest";
import { composeFile, withoutHunks } from "./compose-file.ts";
import { listHunks } from "./list-hunks.ts";
import { sortFile } from "./sort-change.ts";

/** The file without the hunks of some places in the list, and how many there are. */
function takeBack(path: string, base: string, patched: string, ...indices: readonly number[]) {
  const file = sortFile({ path, base, patched });
  const hunks = listHunks([file]);
  const choose = withoutHunks(indices.flatMap((index) => hunks[index] ?? []));
  return { count: hunks.length, left: composeFile(file, (unit) => choose(file, unit)) };
}

const GAP = "\n\n// between\n\n\n";

describe("an import", () => {
  test("that a hunk does no more need comes back with it", () => {
    const base = `import a.Zone;\nimport a.Offset;\n${GAP}x = at(Offset.UTC);\n`;
    const patched = `import a.Zone;\n${GAP}x = at(zone);\n`;
    expect(takeBack("A.java", base, patched, 0)).toEqual({ count: 1, left: base });
  });

  test("that a hunk brings goes with it", () => {
    const base = `import (\n\t"fmt"\n)\n${GAP}f()\n`;
    const patched = `import (\n\t"errors"\n\t"fmt"\n)\n${GAP}f(errors.New("a"))\n`;
    expect(takeBack("a.go", base, patched, 0)).toEqual({ count: 1, left: base });
  });

  test.each([
    ["a.ts", (more: string) => `import {\n  a,\n${more}} from "./x";\n`, "  fresh,\n"],
    ["a.py", (more: string) => `from x import (\n    a,\n${more})\n`, "    fresh,\n"],
    ["a.go", (more: string) => `import (\n\t"a"\n${more})\n`, '\t"x/fresh"\n'],
    ["a.rs", (more: string) => `use x::{\n    a,\n${more}};\n`, "    fresh,\n"],
  ])("of several lines goes with the hunk that needs it, in %s", (path, lines, more) => {
    const base = `${lines("")}${GAP}f(a);\n`;
    const patched = `${lines(more)}${GAP}f(fresh(a));\n`;
    expect(takeBack(path, base, patched, 0)).toEqual({ count: 1, left: base });
  });

  test("that becomes one of several lines goes with the hunk that needs it", () => {
    const base = `import { a } from "./x";\n${GAP}f(a);\n`;
    const patched = `import {\n  a,\n  fresh,\n} from "./x";\n${GAP}f(fresh(a));\n`;
    expect(takeBack("a.ts", base, patched, 0)).toEqual({ count: 1, left: base });
  });

  test.each([
    ["its module", 'import {\n  a,\n} from "./x";\n', 'import {\n  a,\n  fresh,\n} from "./y";\n'],
    [
      "where one of its names is from",
      "use x::{\n    old::a,\n};\n",
      "use x::{\n    now::a,\n    fresh,\n};\n",
    ],
  ])("of several lines that changes %s, too, is a hunk, since it may be the fix", (_, before, after) => {
    const path = before.startsWith("use") ? "a.rs" : "a.ts";
    expect(takeBack(path, `${before}${GAP}f(a);\n`, `${after}${GAP}f(fresh(a));\n`).count).toBe(2);
  });

  test("that two hunks bring stays for the one that is left", () => {
    const base = `import "b"\n${GAP}f()\n${GAP}g()\n`;
    const patched = `import "b"\nimport "errors"\n${GAP}f(errors.A)\n${GAP}g(errors.B)\n`;
    expect(takeBack("a.go", base, patched, 0).left).toBe(patched.replace("f(errors.A)", "f()"));
    expect(takeBack("a.go", base, patched, 1).left).toBe(patched.replace("g(errors.B)", "g()"));
    expect(takeBack("a.go", base, patched, 0, 1)).toEqual({ count: 2, left: base });
  });

  test("of a name that another hunk only has in its path does not go with that", () => {
    const base = `import a.time.Offset;\nimport b.C;\n${GAP}x = time.at();\n`;
    const patched = `import b.C;\n${GAP}x = time.of();\n`;
    expect(takeBack("A.java", base, patched, 1).count).toBe(2);
  });

  test("of the same name from elsewhere is a hunk, since it may be the fix", () => {
    const base = `from shop.old import total\n${GAP}a = total()\n`;
    const patched = `from shop.new import total\n${GAP}a = total(1)\n`;
    expect(takeBack("a.py", base, patched, 0)).toEqual({ count: 2, left: patched.replace("new", "old") });
  });

  test("of a name that other code means, too, is a hunk, since it may be the fix", () => {
    const base = `import os\n${GAP}a = sum(b)\n${GAP}c = 1\n`;
    const patched = `import os\nfrom safe import sum\n${GAP}a = sum(b)\n${GAP}c = sum([1])\n`;
    expect(takeBack("a.py", base, patched).count).toBe(2);
  });

  test("for what it does beside is a hunk", () => {
    const patched = `import "./polyfill.js";\nimport { a } from "./a.js";\n${GAP}f(2);\n`;
    const base = `import { a } from "./a.js";\n${GAP}f(1);\n`;
    expect(takeBack("a.js", base, patched).count).toBe(2);
  });
});
