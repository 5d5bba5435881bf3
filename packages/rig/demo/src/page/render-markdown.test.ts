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
    expect(renderMarkdown("| a |\n|---|\n| 1 |")).toMatch(/^<div class="table" tabindex="0">\s*<table>/);
    expect(renderMarkdown("```text\na < b\n```")).toBe('<pre tabindex="0"><code>a &lt; b\n</code></pre>\n');
  });

  test("small print stays small print", () => {
    expect(renderMarkdown("<sub>Counted.</sub>")).toContain("<sub>Counted.</sub>");
  });

  test("what folds, folds, and a chart stands as its source", () => {
    expect(
      renderMarkdown("<details><summary>The 'same'</summary>\n\n| a |\n|---|\n| 1 |\n\n</details>"),
    ).toMatch(/^<details><summary>The &#39;same&#39;<\/summary>[\s\S]*<td>1<\/td>[\s\S]*<\/details>/);
    expect(renderMarkdown("```mermaid\nline [1]\n```")).toMatch(
      /^<details>[\s\S]*<code>line \[1\]\n<\/code>/,
    );
  });

  test("the hidden line is hidden", () => {
    expect(renderMarkdown("Seen.\n<!-- patchpilot:v1 data=eyJ -->")).not.toContain("patchpilot");
  });

  test("links to the web are links", () => {
    expect(renderMarkdown("[run](https://github.com/x?a=1&b=2)")).toContain(
      '<a href="https://github.com/x?a=1&amp;b=2" rel="noreferrer">run</a>',
    );
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
      /<(?!\/?(?:p|sub|code|pre|a|strong|em|details)\b)|<[^>]*\son\w+=|href="(?!https?:)/,
    );
  });
});
