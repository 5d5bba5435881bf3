import { expect, test } from "vitest";
import { numberLines, renderFile } from "./render-diff.ts";

const PATCH = "@@ -10,3 +10,4 @@\n same\n-old\n+new\n+more\n same\n\\ No newline at end of file";

test("lines are numbered as they were and as they are", () => {
  expect(numberLines(PATCH).map(({ old, next }) => [old, next])).toEqual([
    [undefined, undefined],
    [10, 10],
    [11, undefined],
    [undefined, 11],
    [undefined, 12],
    [12, 13],
    [undefined, undefined],
  ]);
});

test("the next hunk begins at its own numbers", () => {
  expect(numberLines(`${PATCH}\n@@ -40 +41 @@\n same`).at(-1)).toMatchObject({ old: 40, next: 41 });
});

test("a file shows its path, its counts and its lines, none of which act", () => {
  const file = { path: "a<b.js", status: "added", additions: 1, deletions: 0 } as const;
  const html = renderFile({ ...file, patch: "@@ -0,0 +1 @@\n+<script>" });
  expect(html).toContain("<code>a&lt;b.js</code> (added)");
  expect(html).toContain('<tr class="added"><td class="at"></td><td class="at">1</td>');
  expect(html).not.toContain("<script>");
});

test("what is no text is said to be none", () => {
  const file = { path: "a.png", status: "modified", additions: 0, deletions: 0, patch: undefined } as const;
  expect(renderFile(file)).toContain("No text.");
});
