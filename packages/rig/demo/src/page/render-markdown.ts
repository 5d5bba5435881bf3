import { Marked, Renderer, type Tokens } from "marked";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found);

/** Tags without attributes that GitHub lets through and that our own comments use. */
const PLAIN_TAG = /(<\/?(?:sub|sup|br|kbd|details|summary)\s*\/?>)/i;

/** Raw HTML with its plain tags, and everything beside them as text. */
const keepPlainTags = (html: string): string =>
  html
    .split(PLAIN_TAG)
    .map((part) => (PLAIN_TAG.test(part) ? part : escapeHtml(part)))
    .join("");

/**
 * Renders GitHub's Markdown as HTML that holds nothing active: of raw HTML only a few plain tags stay, comments are
 * hidden as on GitHub, links lead to http(s) or nowhere, and pictures are shown as their text.
 */
export function renderMarkdown(text: string): string {
  return markdown.parse(text, { async: false });
}

const markdown = new Marked({ gfm: true }).use({
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag): string => keepPlainTags(text.replace(/<!--[\s\S]*?-->/g, "")),
    link({ href, tokens }: Tokens.Link): string {
      const inner = this.parser.parseInline(tokens);
      return /^https?:\/\//i.test(href)
        ? `<a href="${escapeHtml(href)}" rel="noreferrer">${inner}</a>`
        : inner;
    },
    image: ({ text }: Tokens.Image): string => escapeHtml(text),
    // What scrolls where the page is narrow can be reached with the keyboard.
    table(token: Tokens.Table): string {
      return `<div class="table" tabindex="0">\n${Renderer.prototype.table.call(this, token)}</div>\n`;
    },
    code({ text, lang }: Tokens.Code): string {
      const block = `<pre tabindex="0"><code>${escapeHtml(text)}\n</code></pre>\n`;
      return lang === "mermaid"
        ? `<details><summary>A chart, which GitHub draws</summary>\n${block}</details>\n`
        : block;
    },
    tablecell({ tokens, header }: Tokens.TableCell): string {
      const tag = header && tokens.length > 0 ? "th" : "td"; // A header that says nothing heads nothing.
      return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>\n`;
    },
  },
});
