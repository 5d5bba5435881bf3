import { oneLine } from "./sanitise.ts";
import { cutAtCodePoint, truncate } from "./truncate.ts";

/** Longest text that is sent to an issue or pull request; GitHub refuses more than 65,536 characters. */
const MARKDOWN_LIMIT = 60_000;

/** Longer runs of backticks are shortened to this, so that no fence outgrows its text. */
const MOST_BACKTICKS = 8;

/**
 * Puts clean text into a fenced block that nothing in it can close, marked `text` so that no renderer (mermaid,
 * geojson, suggestion) takes it. GitHub makes no mention, reference, link or image of what a fence holds.
 */
export function fence(text: string): string {
  const calm = shortenBackticks(text).replace(/\n+$/, "");
  const bar = "`".repeat(Math.max(3, longestBackticks(calm) + 1));
  return `${bar}text\n${calm}\n${bar}`;
}

/** Puts clean text on one line into a code span: no mention, reference, link or image comes of it. */
export function inlineCode(text: string, most = 200): string {
  const calm = truncate(shortenBackticks(oneLine(text)), most);
  if (calm === "") return "(empty)";
  const bar = "`".repeat(longestBackticks(calm) + 1);
  const pad = calm.startsWith("`") || calm.endsWith("`") ? " " : "";
  return `${bar}${pad}${calm}${pad}${bar}`;
}

/** A code span for a table's cell, where a bar would end the cell even inside code. */
export function tableCell(text: string, most = 80): string {
  return inlineCode(text.replaceAll("|", "¦"), most);
}

/**
 * Makes clean text inert where no code span helps: titles, branch and commit messages. Signs that GitHub or Sentry
 * act on get a visible look-alike: `＠name`, `＃1`, `GH‑1`, `fixes SHOP‑1`.
 */
export function titleText(text: string, most = 200): string {
  const calm = oneLine(text)
    .replaceAll("@", "＠")
    .replace(/#(?=\d)/g, "＃")
    .replace(/\b(GH)-(?=\d)/gi, "$1‑")
    .replace(/\b((?:fix(?:e[sd])?|close[sd]?|resolve[sd]?)[ :]{1,4}[\w.]{1,64})-/gi, "$1‑")
    .replaceAll("`", "'");
  return truncate(calm, most);
}

/** Printable ASCII without the signs that end an address in Markdown or HTML. */
export const WEB_ADDRESS = /^https?:\/\/[!#-&*-;=?-[\]-_a-~]+$/;

/** A link on one line to an address that we made or a server vouched for; any other address leaves the label alone. */
export function link(label: string, address: string): string {
  if (!WEB_ADDRESS.test(address)) return inlineCode(label);
  return `[${oneLine(label).replace(/[[\]\\`*_<>@#|!~]/g, (sign) => `\\${sign}`)}](${address})`;
}

/**
 * Cuts Markdown to a length: at the end of a line, with an open fence closed. What is whole comes back as it is.
 * @param most UTF-16 units; at least 100.
 */
export function cutMarkdown(markdown: string, most: number = MARKDOWN_LIMIT): string {
  if (markdown.length <= most) return markdown;
  const note = "\n\n_Shortened: the rest did not fit._";
  const kept = cutAtCodePoint(markdown, most - note.length - MOST_BACKTICKS - 3);
  return `${closeFence(kept.slice(0, Math.max(0, kept.lastIndexOf("\n"))))}${note}`;
}

/** Closes the fence that is still open at the end of Markdown, so that what follows it is none of its text. */
export function closeFence(markdown: string): string {
  const open = openFence(markdown.split("\n"));
  return open === null ? markdown : `${markdown}\n${open}`;
}

/** The fence that is still open after these lines. */
function openFence(lines: readonly string[]): string | null {
  let open: string | null = null;
  for (const line of lines) {
    const bar = /^ {0,3}(`{3,})(.*)$/.exec(line);
    if (bar === null) continue;
    const [, ticks = "", info = ""] = bar;
    if (open === null) {
      if (!info.includes("`")) open = ticks;
    } else if (ticks.length >= open.length && info.trim() === "") open = null;
  }
  return open;
}

function longestBackticks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** Shortens runs of backticks to what a fence can hold. */
export const shortenBackticks = (text: string): string => text.replace(/`{9,}/g, "`".repeat(MOST_BACKTICKS));
