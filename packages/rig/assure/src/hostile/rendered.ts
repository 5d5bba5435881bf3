import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** What a reader and GitHub's filters see of Markdown, without what is shown as code. */
export type Rendered = {
  /** Elements in their order, but links; equal ones that follow each other count once. */
  readonly structure: readonly string[];
  /** Where links lead: their scheme and host. */
  readonly hosts: readonly string[];
  /** What GitHub would act on in the text that is no code: mentions, references, closing words, commands. */
  readonly acted: readonly string[];
};

/** GitHub's Markdown, with raw HTML and every protocol let through: its sanitiser is a second wall, not the first. */
const render = (markdown: string): string =>
  micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });

const CODE = /<pre>[\s\S]*?<\/pre>|<code[^>]*>[\s\S]*?<\/code>/g;
const COMMENT = /<!--[\s\S]*?-->/g;
const TAG = /<!--|<(?:\/?[a-z][a-z0-9-]*|[!?])[^>]*>?/gi;
/** They only part lines. */
const PLAIN = /^<\/?(?:p|br|code|pre|blockquote)\b/i;
const LINK = /^<\/?a\b/i;
/** GitHub looks for nothing inside of a link. */
const LINKED = /<a\b[^>]*>[\s\S]*?<\/a>/gi;

/** A commit's SHA is not among them: it becomes a link to that commit at most, which notifies nobody. */
const ACTED: readonly RegExp[] = [
  /(?<![\w`])@[a-z\d][\w-]*(?:\/[\w-]+)?/gi,
  /(?<![\w&])(?:[\w.-]+\/[\w.-]+)?#\d+/g,
  /\bGH-\d+/gi,
  /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(?:\S*#\d|GH-\d|https?:\/\/\S+\/(?:issues|pull)\/\d)/gi,
  /^\/(?:patchpilot|merge)\b/gm,
  /[\u200b\u202a-\u202e\u2066-\u2069\u00ad\ufeff\u{e0000}-\u{e007f}]/gu,
];

const TAKEN =
  "\\d+ (?:hidden characters?|direction overrides?|terminal codes?|pieces? of markup|malformed characters?)";
const SAID = "[^_\\n<>@#`\\[\\]/]*";
const NOTE = new RegExp(
  `^_(?:(?:Taken out: ${TAKEN}(?:, ${TAKEN})*\\.|Hidden: ${SAID}\\.|A text was withheld because it could not be made safe\\.|Reads like orders \\(${SAID}\\): ${SAID}\\.|Shortened to fit\\.) ?)+_$`,
  "gm",
);

/** Without the line in which `intake` says what it took out of a text: its harmless twin has nothing to take out. */
export const withoutNote = (markdown: string): string => markdown.replace(NOTE, "");

export function renderForEyes(markdown: string): Rendered {
  const shown = render(markdown).replace(CODE, "<code></code>");
  const tags = [...shown.replace(COMMENT, "<!-- -->").matchAll(TAG)].map(([tag]) => tag);
  const kept = tags.filter((tag) => !PLAIN.test(tag) && !LINK.test(tag));
  const text = decode(shown.replace(COMMENT, "").replace(LINKED, "\u0001").replace(TAG, "\u0001"));
  return {
    structure: kept.filter((tag, at) => tag !== kept[at - 1]),
    hosts: tags.flatMap((tag) => (/^<a\b/i.test(tag) ? [linkedHost(tag)] : [])),
    acted: ACTED.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found)),
  };
}

const linkedHost = (tag: string): string =>
  /href="?([a-z][a-z\d+.-]*:(?:\/\/[^/"?#]*)?|[^"]*)/i.exec(tag)?.[1] ?? tag;

const SIGNS: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

const decode = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp);/g, (found) => SIGNS[found] ?? found);

/** How a rendering differs from that of its harmless twin; undefined: in nothing that anyone acts on. */
export function differenceFrom(twin: Rendered, hostile: Rendered): string | undefined {
  if (hostile.structure.join("\n") !== twin.structure.join("\n")) {
    const extra = hostile.structure.filter((tag) => !twin.structure.includes(tag));
    const length = `${hostile.structure.length} for ${twin.structure.length}`;
    return `other elements: ${extra.slice(0, 4).join(" ") || length}`;
  }
  // A link may be left out where its address is none; it may not lead anywhere else.
  const hosts = hostile.hosts.filter((host) => !twin.hosts.includes(host));
  if (hosts.length > 0 || hostile.hosts.length > twin.hosts.length)
    return `other links: ${hosts.slice(0, 4).join(" ") || hostile.hosts.length}`;
  const more = hostile.acted.filter((found) => !twin.acted.includes(found));
  return more.length > 0 ? `acted on: ${JSON.stringify(more.slice(0, 4))}` : undefined;
}
