import { expect, test } from "vitest";
import { judgeChange } from "./testing/judge-change.ts";

const judge = (path: string, line: string) => {
  const { refused, flagged } = judgeChange(path, "*.a text\n", `*.a text\n${line}\n`);
  return { refused: refused.map(({ rule }) => rule), flagged: flagged.map(({ rule }) => rule) };
};

test.each(["*.sh text eol=lf", "*.png -text", "# merge=ours"])(
  "line endings are an ordinary change: %s",
  (line) => {
    expect(judge("web/.gitattributes", line).refused).toEqual([]);
    expect(judge("web/.gitattributes", line).flagged).not.toContain("git-attributes");
  },
);

test.each(["dist/** -diff", "*.lock binary", "src/** linguist-generated=true", "*.a merge=ours"])(
  "attributes by which less is shown are flagged: %s",
  (line) => {
    expect(judge(".gitattributes", line).flagged).toContain("git-attributes");
  },
);

test("files are not handed to a filter", () => {
  expect(judge(".gitattributes", "*.png diff=lfs filter=lfs merge=lfs -text").refused).toEqual([
    "git-filter",
  ]);
});

test.each([
  ["locales/km.json", "សូម\u200bចុច"],
  ["locales/th.json", "ราคา\u200bสินค้า"],
])("unseen characters of scripts without spaces hide nothing in %s", (path, text) => {
  expect(judge(path, text).refused).not.toContain("hidden-text");
});

test("an unseen space between Latin letters hides something", () => {
  expect(judge("src/a.ts", "const ad\u200bmin = true;").refused).toContain("hidden-text");
});
