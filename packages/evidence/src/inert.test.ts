import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText } from "./clean-text.ts";
import { inertCode, inertLink, inertQuote, inertSentence, inertSubject } from "./inert.ts";
import { cutMarkdown } from "./markdown.ts";
import { renderMarkdown as render } from "./testing/render-markdown.ts";

/** Text of HTML, as a browser shows it. */
const shown = (html: string): string =>
  html
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");

const ODD = ["`", "*", "_", "[", "]", "(", "|", "\\", "<", "&", "#", "@", "~", "!", "-", ":", "/", "."];
const words = fc.string({
  unit: fc.constantFrom(...ODD, "a", "1", " ", "skip", "www.", "é", "💥"),
  minLength: 1,
});
const lines = fc.array(words, { minLength: 1 }).map((all) => all.join("\n"));

describe("inert code", () => {
  it("reads as the text that it holds", () => {
    fc.assert(
      fc.property(words, (text) => {
        const calm = text.replace(/\s+/g, " ").trim();
        fc.pre(calm !== "");
        expect(shown(render(`Name: ${inertCode(text)}`))).toBe(`<p>Name: <code>${calm}</code></p>`);
      }),
    );
  });

  it("stays one cell of a table", () => {
    const html = render(`| a | b |\n|---|---|\n| ${inertCode("x | y | [z](//e)")} | c |`);
    expect(html).toContain("<td><code>x | y | [z](//e)</code></td>\n<td>c</td>");
  });

  it("holds no sign of ASCII in its raw text but quotes, commas, semicolons and ends of sentences", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        const raw = inertCode(text).replace(/^<code>|<\/code>$|^\(empty\)$|&#x[0-9a-f]+;/g, "");
        expect(raw).not.toMatch(/[!#-&(-+\-/:<-@[-`{-~]|\.\S/);
      }),
    );
  });

  it("refers to no issue by the number of a sign", () => {
    expect(inertCode("fixes [#")).not.toMatch(/#\d/);
  });

  it("says that a text is empty", () => {
    expect(inertCode(" \n ")).toBe("(empty)");
  });

  it("keeps its length as it is read, not as it is written", () => {
    expect(shown(render(inertCode("[".repeat(300), 200)))).toContain("[ […123 more characters]");
    expect(inertCode("[".repeat(200), 200)).not.toContain("more");
  });
});

describe("an inert quotation", () => {
  it("begins no line with a word of its text", () => {
    fc.assert(
      fc.property(lines, (text) => {
        for (const line of inertQuote(text).split("\n")) expect(line).toMatch(/^>( <code>.*<\/code>)?$/);
      }),
    );
  });

  it("reads as the lines that it holds, in code and nowhere else", () => {
    const text = "Guards the cart.\n\n  - [x] @user\n```mermaid\nfixes #1";
    const html = shown(render(inertQuote(text)));
    expect([...html.matchAll(/<code>(.*?)<\/code>/g)].map(([, line]) => line)).toEqual(
      text.split("\n").filter((line) => line !== ""),
    );
    expect(html.replace(/<code>.*?<\/code>/g, "").replace(/\s/g, "")).toBe(
      "<blockquote><p></p><p></p></blockquote>",
    );
  });

  it("is cut at the end of a line, with nothing left open", () => {
    const cut = cutMarkdown(inertQuote("[skip ci]\n".repeat(200)), 1000);
    expect(cut.split("<code>").length).toBe(cut.split("</code>").length);
    expect(cut).toContain("\n\n_Shortened: the rest did not fit._");
  });
});

describe("an inert link", () => {
  it("leads where its address says, which no program reads in the raw text", () => {
    const markdown = inertLink(
      "Sentry issue",
      "https://acme.sentry.io/issues/1/?a=[skip-ci]&b=--skip-ci#major",
    );
    expect(markdown).not.toMatch(/\[skip-ci|--skip|#major|https:/);
    expect(shown(render(markdown))).toBe(
      '<p><a href="https://acme.sentry.io/issues/1/?a=%5Bskip-ci%5D&b=--skip-ci#major">Sentry issue</a></p>',
    );
  });

  it.each([
    "javascript:alert(1)",
    "https://x.example/\u200b",
    "https://x.example/) @user",
    "https://é.example/",
  ])("is none for %j", (address) => {
    expect(inertLink("Sentry issue", address)).toBe("Sentry issue");
  });
});

describe("an inert subject", () => {
  it.each([
    ["[skip ci] #1 @me", "［skip ci］ ＃1 ＠me"],
    ["fixes SHOP-1", "fixes SHOP‑1"],
    ["/merge src/a.js", "／merge src/a.js"],
    ["feat!: all", "feat！： all"],
    ["fix(cart): BREAKING CHANGE: all", "fix(cart): BREAKING CHANGE： all"],
    ["Bump zod to 4.1 (minor)", "Bump zod to 4.1 (minor)"],
  ])("shows %j as %j", (text, subject) => {
    expect(inertSubject(text)).toBe(subject);
  });

  it("is one line, whatever it is made from", () => {
    expect(inertSubject(cleanText("a\n\nSigned-off-by: b", { maxLength: 100 }).text)).toBe(
      "a Signed‑off‑by： b",
    );
  });
});

describe("an inert sentence", () => {
  it("makes no mention, reference, link, image, heading, list or fence of anybody's words", () => {
    const parts = [
      "@ann",
      "#1",
      "GH-1",
      "https://e.x",
      "www.e.x",
      "a@e.xy",
      "&commat;ann",
      "&#35;1",
      "```",
      "![x](//e)",
    ];
    const hostile = fc.string({
      unit: fc.constantFrom(...ODD, ...parts, "1", "a", " ", "\n", "\u2028", "+", "="),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const html = render(inertSentence(text));
        expect(html).toMatch(/^(<p>.*<\/p>)?$/s);
        expect(html).not.toMatch(/<(?!\/?(?:p|code)>)/);
        expect(shown(html)).not.toMatch(/[@#][a-z\d]|(?<![a-z\d])GH-\d|:\/\/|www\./i);
      }),
      { numRuns: 1000, examples: [["a@.a"], ["a@-a.e"], ["a@_a.e"]] },
    );
  });

  it("stays one cell of a table", () => {
    const html = render(`| a | b |\n|---|---|\n| ${inertSentence("x | y\n| <b>z")} | c |`);
    expect(html.match(/<td>/g)).toHaveLength(2);
  });

  it.each(["\u00ad", "\u200b", "\u{e0041}", "\u115f", "\u3164", "\ufe00"])("shows no %j", (sign) => {
    expect(inertSentence(`a${sign}b`)).not.toContain(sign);
  });

  it.each(["a_b*c", "[x](y)", "<T>", "a | b", "~x~"])(
    "shows %j in a code span as it is, in a table too",
    (code) => {
      const sentence = inertSentence(`Set \`${code}\` again.`);
      expect(shown(render(sentence))).toBe(`<p>Set <code>${code}</code> again.</p>`);
      expect(shown(render(`| a |\n|---|\n| ${sentence} |`))).toContain(
        `<td>Set <code>${code}</code> again.</td>`,
      );
    },
  );

  it("escapes behind a backtick that nothing closes", () => {
    expect(inertSentence("`a *b*")).toBe("`a \\*b\\*");
  });

  it("leaves a sentence with a code span and numbers as it is", () => {
    const sentence = "The p95 is 1.3 ms (`min-samples`: 100); 20 : 1 is needed.";
    expect(inertSentence(sentence)).toBe(sentence);
  });
});
