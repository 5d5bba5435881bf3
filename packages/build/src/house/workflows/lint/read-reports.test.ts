import { expect, test } from "vitest";
import { readActionlint } from "./actionlint.ts";
import { readZizmor } from "./zizmor.ts";

const place = (kind: string, row: number, annotation: string) => ({
  symbolic: { kind, annotation, key: { Local: { verbatim_path: "a.yml" } } },
  concrete: { location: { start_point: { row } } },
});

test("zizmor's finding is at its primary place, counted from line 1", () => {
  const report = [
    {
      ident: "unpinned-uses",
      desc: "unpinned action reference",
      locations: [place("Hidden", 3, "this step"), place("Primary", 4, "no hash")],
    },
  ];
  expect(readZizmor(JSON.stringify(report))).toEqual([
    { file: "a.yml", line: 5, rule: "unpinned-uses", sentence: "unpinned action reference: no hash" },
  ]);
});

test("actionlint's error keeps its line and kind", () => {
  const report = [
    { message: "unexpected key", filepath: "a.yml", line: 5, column: 1, kind: "syntax-check", snippet: "" },
  ];
  expect(readActionlint(JSON.stringify(report))).toEqual([
    { file: "a.yml", line: 5, rule: "syntax-check", sentence: "unexpected key" },
  ]);
});

test.each([
  ["zizmor", readZizmor],
  ["actionlint", readActionlint],
])("a report of %s in another form is no empty report", (_, read) => {
  expect(() => read('[{"other": true}]')).toThrow();
});
