import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** What a reader and GitHub's filters see of Markdown, without what is shown as code. */
export type Rendered = {
  /** Elements in their order, links and images with where they lead; equal ones that follow each other count once. */
  readonly structure: readonly string[];
  /** What GitHub would act on in the text that is no code: mentions, references, closing words, raw commands. */
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
const TAG = /<!--|<(\/?[a-z][a-z0-9-]*|[!?])[^>]*>?/gi;
/** They only part lines. */
const PLAIN = /^<\/?(?:p|br|code|pre|blockquote)\b/i;

const ACTED: readonly RegExp[] = [
  /(?<![\w`])@[a-z\d][\w-]*(?:\/[\w-]+)?/gi,
  /(?<![\w&])(?:[\w.-]+\/[\w.-]+)?#\d+/g,
  /\bGH-\d+/gi,
  /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(?:\S*#|GH-|https?:)\S*/gi,
  /\b[0-9a-f]{40}\b/g,
  /^\/(?:patchpilot|merge)\b/gm,
  /[\u200b\u202a-\u202e\u2066-\u2069\u00ad\ufeff\u{e0000}-\u{e007f}]/gu,
];

export function renderForEyes(markdown: string): Rendered {
  const html = render(markdown);
  const shown = html.replace(CODE, "<code></code>");
  const tags = [...shown.replace(COMMENT, "<!-- -->").matchAll(TAG)].map(([tag]) => tag);
  const kept = tags.filter((tag) => !PLAIN.test(tag));
  const text = decode(shown.replace(COMMENT, "").replace(TAG, "\u0001"));
  return {
    structure: kept.filter((tag, at) => tag !== kept[at - 1]),
    acted: ACTED.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found)),
  };
}

/** GitHub looks for mentions in the text after entities are read. */
const decode = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp);/g, (entity) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" })[entity] ?? entity);

/** How a rendering differs from that of its harmless twin; undefined: in nothing that anyone acts on. */
export function differenceFrom(twin: Rendered, hostile: Rendered): string | undefined {
  if (hostile.structure.join("\n") !== twin.structure.join("\n")) {
    const extra = hostile.structure.filter((tag) => !twin.structure.includes(tag));
    return `other elements: ${extra.slice(0, 4).join(" ") || `${hostile.structure.length} for ${twin.structure.length}`}`;
  }
  const more = hostile.acted.filter((found) => !twin.acted.includes(found));
  return more.length > 0 ? `acted on: ${JSON.stringify(more.slice(0, 4))}` : undefined;
}
