import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText } from "./clean-text.ts";
import { cutMarkdown, fence, inlineCode, link, tableCell, titleText } from "./markdown.ts";
import { renderMarkdown as render } from "./testing/render-markdown.ts";

const clean = (raw: string): string => cleanText(raw, { maxLength: 60_000 }).text;

/** What is left outside of code: GitHub makes mentions, references and links of nothing else. */
const outsideCode = (html: string): string =>
  html
    .replace(/<pre><code class="language-text">[^<]*<\/code><\/pre>/g, "")
    .replace(/<code>[^<]*<\/code>/g, "");

const PAYLOADS: readonly string[] = [
  "@user @org/team _@user_ &#64;user @<!-- -->user",
  "fixes #1, Closes: o/r#1, RESOLVED GH-1, close https://github.com/o/r/issues/1",
  "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "![x](https://evil.example/p.png) ![y][ref]\n\n[ref]: //evil.example/p.png",
  '<img src="https://evil.example"><picture><video poster="x">',
  '<details ontoggle="x" open><summary>a</summary></details><a name="x" id="y" style="z">b</a>',
  "```mermaid\nclick A href\n```\n~~~geojson\n{}\n~~~",
  "- [x] done\n```suggestion\nx\n```",
  "````\n```` @user\n`````",
  "https://evil.example www.evil.example mailto:a@b.example <https://evil.example>",
  "> quoted\n# heading\n| a | b |\n|---|---|\n| @user | #1 |",
  "</code></pre><script>alert(1)</script>",
  "`".repeat(100),
  "[link](https://evil.example)[^1]\n\n[^1]: note",
  "\n\n@user\n\n",
];

describe("hostile text in Markdown", () => {
  it.each(PAYLOADS)("is inert in a fence: %j", (payload) => {
    expect(outsideCode(render(fence(clean(payload)))).trim()).toBe("");
  });

  it.each(PAYLOADS)("is inert in a code span: %j", (payload) => {
    expect(outsideCode(render(`Title: ${inlineCode(clean(payload))}, end`)).trim()).toMatch(
      /^<p>Title: (\(empty\))?, end<\/p>$/,
    );
  });

  it.each(PAYLOADS)("is inert in a table and stays one cell: %j", (payload) => {
    const html = render(`| a | b |\n|---|---|\n| ${tableCell(clean(payload))} | x |`);
    expect(outsideCode(html).replace(/\s/g, "")).toMatch(
      /^<table><thead><tr><th>a<\/th><th>b<\/th><\/tr><\/thead><tbody><tr><td>(\(empty\))?<\/td><td>x<\/td><\/tr><\/tbody><\/table>$/,
    );
  });

  it.each(PAYLOADS)("does nothing in a title: %j", (payload) => {
    expect(titleText(clean(payload))).not.toMatch(/@|#\d|\bGH-\d|https?:\/\/|`|\n|www\.|<[a-z!/]/i);
  });

  it("stays in its fence whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("`", "~", "\n", " ", "a", "<", "@", "|", "\\", "text") }),
        (raw) => {
          return outsideCode(render(`${fence(clean(raw))}\n\nafter`)).trim() === "<p>after</p>";
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("titles and commit messages", () => {
  it("say a Sentry id after a closing word so that Sentry does not resolve it", () => {
    expect(titleText("fixes SHOP-1A, see SHOP-2")).toBe("fixes SHOP‑1A, see SHOP-2");
  });

  it("keep ordinary words", () => {
    expect(titleText("TypeError: x is not a function")).toBe("TypeError: x is not a function");
  });
});

describe("links", () => {
  it("lead to web addresses only", () => {
    expect(link("SHOP-1", "https://acme.sentry.io/issues/1/")).toBe(
      "[SHOP-1](https://acme.sentry.io/issues/1/)",
    );
    expect(link("SHOP-1", "javascript:alert(1)")).toBe("`SHOP-1`");
    expect(link("SHOP-1", "https://x.example/) @user")).toBe("`SHOP-1`");
  });

  it("escape what a label could do", () => {
    expect(render(link("a](b) *c* <d>", "https://x.example"))).toBe(
      '<p><a href="https://x.example">a](b) *c* &lt;d&gt;</a></p>',
    );
  });
});

describe("cutting", () => {
  it("leaves a short text alone", () => {
    expect(cutMarkdown("short")).toBe("short");
  });

  it("closes a fence that it cuts through, and keeps within the limit", () => {
    const cut = cutMarkdown(`start\n\n${fence(`\`\`\`\n${"line\n".repeat(20_000)}`)}\n\n@user`, 1000);
    expect(cut.length).toBeLessThanOrEqual(1000);
    expect(outsideCode(render(cut)).replace(/\n+/g, "\n")).toBe(
      "<p>start</p>\n<p><em>Shortened: the rest did not fit.</em></p>",
    );
  });

  it("cuts 70,000 characters to 60,000", () => {
    const cut = cutMarkdown(fence("🙂\n".repeat(30_000)));
    expect(cut.length).toBeLessThanOrEqual(60_000);
    expect(cut.isWellFormed()).toBe(true);
  });
});
