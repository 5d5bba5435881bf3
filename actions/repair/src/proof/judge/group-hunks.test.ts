import { expect, test } from "vitest";
import { listHunks } from "../change/list-hunks.ts";
import { sortFile } from "../change/sort-change.ts";
import { findMoved, growHunks } from "./group-hunks.ts";

const PATH_OF =
  "export function pathOf(name, options) {\n  if (options.stale) return options.stale;\n  return name;\n}\n";
const MENDED = PATH_OF.replace("options)", "options = {})");
const KEPT = "const a = 1;\n\n\n\nexport const b = 2;\n";

/** Hunks of three files, and which of them move together with the first. */
function moveOf(gone: string, come: string) {
  const files = [
    sortFile({ path: "src/field.js", base: `${KEPT}${gone}`, patched: KEPT }),
    sortFile({ path: "src/path.js", base: undefined, patched: come }),
    sortFile({ path: "src/form.js", base: "x(1);\n", patched: "x(2);\n" }),
  ];
  const hunks = listHunks(files);
  return findMoved(0, hunks, files).map((index) => hunks[index]?.path);
}

test("a function that moves is one change with where it came to", () => {
  expect(moveOf(PATH_OF, MENDED)).toEqual(["src/field.js", "src/path.js"]);
});

test.each([
  ["nothing of which comes elsewhere", PATH_OF, "export const c = 3;\n"],
  ["of which one line is elsewhere by chance", "  return name;\n", "function d() {\n  return name;\n}\n"],
  ["most of which is gone", `${PATH_OF}e(1);\ne(2);\ne(3);\ne(4);\n`, MENDED],
])("what goes, and %s, is its own part", (_, gone, come) => {
  expect(moveOf(gone, come)).toEqual(["src/field.js"]);
});

test("a new file goes with what uses what it defines, not with all that shares its words", () => {
  const files = [
    sortFile({
      path: "src/label.js",
      base: undefined,
      patched: "export function labelOf(name) {\n  return name;\n}\n",
    }),
    sortFile({
      path: "src/form.js",
      base: "x(1);\n",
      patched: 'import { labelOf } from "./label";\nx(1);\n',
    }),
    sortFile({
      path: "src/path.js",
      base: "a(1);\n",
      patched: "export function path(name) {\n  return name;\n}\n",
    }),
  ];
  expect(growHunks([0], listHunks(files), files)).toEqual([0, 1]);
});
