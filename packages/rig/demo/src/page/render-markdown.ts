import { Marked, Renderer, type Tokens } from "marked";
import { drawLines } from "./draw-chart.ts";
import { escapeHtml } from "./escape-html.ts";
import type { ResolveLink } from "./page-links.ts";

/** Tags without attributes that GitHub lets through and that our own comments use. */
const PLAIN_TAG = /(<\/?(?:sub|sup|br|kbd|code|b|i|strong|em|details|summary)\s*\/?>)/i;

/** Raw HTML with its plain tags, and everything beside them as text. */
const keepPlainTags = (html: string): string =>
  html
    .split(PLAIN_TAG)
    .map((part) => (PLAIN_TAG.test(part) ? part : escapeHtml(part)))
    .join("");

/** What the page knows beside the text: where an address leads on it, and where `#12` does. */
export type MarkdownContext = {
  readonly resolve: ResolveLink;
  readonly thread: (number: number) => string | undefined;
};

const NOWHERE: MarkdownContext = { resolve: () => undefined, thread: () => undefined };

/**
 * Renders GitHub's Markdown as HTML that holds nothing active: of raw HTML only a few plain tags stay, comments are
 * hidden as on GitHub, links lead to a place on the page or are text, and pictures are shown as their text.
 */
export function renderMarkdown(text: string, context: MarkdownContext = NOWHERE): string {
  return createMarkdown(context).parse(text, { async: false });
}

function createMarkdown({ resolve, thread }: MarkdownContext): Marked {
  let isInLink = false;
  return new Marked({ gfm: true }).use({
    renderer: {
      ...BLOCKS,
      html: ({ text }: Tokens.HTML | Tokens.Tag): string =>
        keepPlainTags(text.replace(/<!--[\s\S]*?-->/g, "")),
      image: ({ text }: Tokens.Image): string => escapeHtml(text),
      link({ href, tokens }: Tokens.Link): string {
        const target = resolve(decodeNumbers(href));
        if (target === undefined) return this.parser.parseInline(tokens);
        isInLink = true;
        const inner = this.parser.parseInline(tokens);
        isInLink = false;
        return `<a href="${escapeHtml(target)}">${inner}</a>`;
      },
      text(token: Tokens.Text | Tokens.Escape): string {
        if ("tokens" in token && token.tokens) return this.parser.parseInline(token.tokens);
        const shown = "escaped" in token && token.escaped ? token.text : escapeHtml(token.text);
        return isInLink ? shown : linkReferences(shown, thread);
      },
    },
  });
}

/** Addresses may hold characters as numbers: `&#x2f;`. */
const decodeNumbers = (text: string): string =>
  text.replace(/&#x([\da-f]{1,6});/gi, (shown, code) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? shown : String.fromCodePoint(point);
  });

/** As on GitHub, `#12` leads to an issue or a pull request, and a name after `@` stands out. */
function linkReferences(html: string, thread: MarkdownContext["thread"]): string {
  return html
    .replace(/(?<![\w&/#])#(\d+)\b/g, (shown, digits) => {
      const target = thread(Number(digits));
      return target === undefined ? shown : `<a href="${escapeHtml(target)}">${shown}</a>`;
    })
    .replace(/(?<![\w/.@-])@[a-z\d][\w/-]*/gi, (name) => `<strong class="mention">${name}</strong>`);
}

/** What scrolls where the page is narrow can be reached with the keyboard, and has a name. */
const scrollable = (name: string, inner: string, type: string): string =>
  `<div class="${type}" role="group" aria-label="${escapeHtml(name)}" tabindex="0">\n${inner}</div>\n`;

const BLOCKS = {
  table(this: Renderer, token: Tokens.Table): string {
    const names = token.header.map(({ text }) => text).filter((text) => text !== "");
    const html = Renderer.prototype.table.call(this, token);
    if (names.length > 0) return scrollable(`Table: ${names.join(", ")}`, html, "table");
    return scrollable("Table", html.replace(/<thead>[\s\S]*?<\/thead>\n?/, ""), "table");
  },
  code({ text, lang }: Tokens.Code): string {
    const block = scrollable("Code", `<pre><code>${escapeHtml(text)}\n</code></pre>\n`, "code");
    return lang === "mermaid" ? (drawLines(text) ?? block) : block;
  },
  checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? "☑ " : "☐ "),
  tablecell(this: Renderer, { tokens, header }: Tokens.TableCell): string {
    const tag = header && tokens.length > 0 ? "th" : "td"; // A header that says nothing heads nothing.
    return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>\n`;
  },
};
