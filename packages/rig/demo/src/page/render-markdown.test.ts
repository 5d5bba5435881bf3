import { describe, expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

describe("what our comments use", () => {
  test("tables become tables", () => {
    expect(renderMarkdown("| a | b |\n|---|---|\n| 1 | **2** |")).toContain("<td><strong>2</strong></td>");
  });

  test("a header cell that says nothing is no header", () => {
    const shown = renderMarkdown("| | Answer |\n|---|---|\n| Is it live? | yes |");
    expect(shown.match(/<th>.*<\/th>/g)).toEqual(["<th>Answer</th>"]);
  });

  test("tables and blocks of code, which scroll, can be reached with the keyboard", () => {
    expect(renderMarkdown("| a |\n|---|\n| 1 |")).toMatch(
      /^<div class="table" role="group" aria-label="Table: a" tabindex="0">\s*<table>/,
    );
    expect(renderMarkdown("```text\na < b\n```")).toMatch(
      /^<div class="code" role="group" aria-label="Code" tabindex="0">\s*<pre><code>a &lt; b\n<\/code>/,
    );
  });

  test("a table without headings has no row for them", () => {
    const shown = renderMarkdown("| | |\n|---|---|\n| Cause | `a.js` |");
    expect(shown).not.toContain("<thead>");
    expect(shown.match(/<tr>/g)).toHaveLength(1);
  });

  test("small print stays small print", () => {
    expect(renderMarkdown("<sub>Counted.</sub>")).toContain("<sub>Counted.</sub>");
  });

  test("what folds, folds", () => {
    expect(
      renderMarkdown("<details><summary>The 'same'</summary>\n\n| a |\n|---|\n| 1 |\n\n</details>"),
    ).toMatch(/^<details><summary>The &#39;same&#39;<\/summary>[\s\S]*<td>1<\/td>[\s\S]*<\/details>/);
  });

  test("a chart is drawn, and one of another kind stands as its source", () => {
    const chart = 'xychart-beta\n    x-axis "UTC" ["a", "b"]\n    y-axis "ms" 0 --> 10\n    line [1, 2]';
    expect(renderMarkdown(`\`\`\`mermaid\n${chart}\n\`\`\``)).toMatch(/^<figure /);
    expect(renderMarkdown("```mermaid\npie\n```")).toContain("<code>pie\n</code>");
  });

  test("the hidden line is hidden", () => {
    expect(renderMarkdown("Seen.\n<!-- patchpilot:v1 data=eyJ -->")).not.toContain("patchpilot");
  });

  const page = {
    resolve: (href: string) => (href.endsWith("/pull/2") ? "#thread-2" : undefined),
    thread: (number: number) => (number === 2 ? "#thread-2" : undefined),
  };

  test("a link leads to a place on the page", () => {
    expect(renderMarkdown("[run](https://github.example/acme/shop/pull/2)", page)).toBe(
      '<p><a href="#thread-2">run</a></p>\n',
    );
  });

  test("an address may have its characters as numbers", () => {
    expect(renderMarkdown("[run](https&#x3a;//github.example/acme/shop/pull&#x2f;2)", page)).toContain(
      'href="#thread-2"',
    );
  });

  test("a link that leads elsewhere is text", () => {
    expect(renderMarkdown("[run](https://github.example/x) or https://a.example", page)).toBe(
      "<p>run or https://a.example</p>\n",
    );
  });

  test.each([
    ["#2", '<p><a href="#thread-2">#2</a></p>\n'],
    ["#3", "<p>#3</p>\n"],
    ["`#2`", "<p><code>#2</code></p>\n"],
    ["a#2", "<p>a#2</p>\n"],
    ["[see #2](https://github.example/acme/shop/pull/2)", '<p><a href="#thread-2">see #2</a></p>\n'],
    ["@maya, look", '<p><strong class="mention">@maya</strong>, look</p>\n'],
    ["a@b.example", "<p>a@b.example</p>\n"],
    ["it&#39;s #2 &#35;2", expect.stringContaining('<a href="#thread-2">#2</a>')],
  ])("%s is shown as on GitHub", (text, html) => {
    expect(renderMarkdown(text, page)).toEqual(html);
  });
});

describe("what would act", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a handler", '<img src=x onerror="alert(1)">'],
    ["a script in what folds", "<details><script>alert(1)</script></details>"],
    ["a tag with attributes", '<sub onclick="alert(1)">x</sub>'],
    ["a script behind a comment", "<!-- --><script>alert(1)</script>"],
    ["an unfinished comment", "<!-- <script>alert(1)</script>"],
    ["a link with a script", "[x](javascript:alert(1))"],
    ["a link with data", "[x](data:text/html,<script>alert(1)</script>)"],
    ["a link out of its attribute", '[x](https://a.example/"onclick="alert(1))'],
    ["a picture", "![x](https://a.example/spy.png)"],
    ["code with tags", "```\n</code></pre><script>alert(1)</script>\n```"],
    ["a language of a fence", '```"><script>alert(1)</script>\nx\n```'],
  ])("%s is inert", (_, text) => {
    expect(renderMarkdown(text)).not.toMatch(
      /<(?!\/?(?:p|sub|code|pre|a|strong|em|details|div)\b)|<[^>]*\son\w+=|href="(?!#)/,
    );
  });
});
