import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** What GitHub, a browser or a bot acts on in a text: images, links, mentions, closing words, records, commands. */
function findLiveWords(markdown: string): string[] {
  const html = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const plain = html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, "").replace(/&#(?:64|x40);|&commat;/gi, "@");
  const words = plain.replace(/<!--[\s\S]*?-->/g, "").replace(/<[^>]*>/g, " ");
  return [
    ...find(plain, /\b(?:src|href|srcset|poster)="?[^"\s>]+/gi),
    ...find(words, /(?<![\w`/])@[a-z][\w-]*(?:\/[\w-]+)?/gi),
    ...find(words, /\b(?:fix|close|resolve)(?:e?[sd])?:?\s+(?:#\d+|GH-\d+|[\w-]+\/[\w-]+#\d+)/gi),
    ...find(markdown, /<!-- patchpilot:[a-z0-9]+ kind=\S+/g).map((record) => record.replace(/ seq.*/, "")),
    ...find(words, /^\s*\/(?:patchpilot|merge)\b.*/gm),
    ...find(plain, /<(?:script|iframe|form|input|style|template)\b/gi),
    ...find(markdown, /[\u202a-\u202e\u2066-\u2069\u200b\u2060\u{e0000}-\u{e007f}]/gu).map(
      (letter) => `U+${letter.codePointAt(0)?.toString(16)}`,
    ),
  ];
}

const find = (text: string, pattern: RegExp): string[] =>
  (text.match(pattern) ?? []).map((each) => each.trim());

/** What is live in a text and not in its twin. Addresses of commits and runs are each world's own. */
export function findMoreLive(twin: string, hostile: string): string[] {
  const known = new Set(findLiveWords(twin).map(stripOwn));
  return [...new Set(findLiveWords(hostile).map(stripOwn))].filter((word) => !known.has(word));
}

const stripOwn = (word: string): string =>
  word.replace(/[0-9a-f]{12,}/g, "0").replace(/127\.0\.0\.1:\d+(?=\/organizations)/, "sentry");
