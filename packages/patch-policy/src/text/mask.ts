import type { Language } from "./languages.ts";
import { maskComponent } from "./mask-component.ts";

/** A text with its comments blanked, and one with the contents of its strings blanked, too; offsets are the same. */
export type Masked = {
  /** Comments are blanks; strings are whole. */
  readonly bare: string;
  /** Comments and what strings hold are blanks; quotes stay. */
  readonly code: string;
};

type Span = { readonly from: number; readonly to: number; readonly kind: "comment" | "string" };

/** Blanks comments and strings of a language. Linear; whatever is not closed ends with the text. Pure. */
export function mask(text: string, language: Language): Masked {
  if (language.component) return maskComponent(text, (script) => maskSpans(script, language));
  return maskSpans(text, language);
}

function maskSpans(text: string, language: Language): Masked {
  const spans = findSpans(text, language);
  const comments = spans.filter(({ kind }) => kind === "comment");
  return { bare: blank(text, comments), code: blank(text, spans) };
}

function blank(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    pieces.push(text.slice(at, from), text.slice(from, to).replace(/[^\n]/g, " "));
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

function findSpans(text: string, language: Language): Span[] {
  const spans: Span[] = [];
  const starts = startPattern(language);
  let at = 0;
  for (;;) {
    starts.lastIndex = at;
    const found = starts.exec(text);
    if (found === null) return spans;
    const span = readSpan(text, found.index, found[0], language);
    if (span !== undefined && span.to > span.from) spans.push(span);
    at = Math.max(found.index + found[0].length, span?.to ?? 0, at + 1);
    if (span?.kind === "string") at = Math.max(at, span.to + closingLength(text, span, found[0], language));
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function startPattern(language: Language): RegExp {
  const starts = [
    ...language.blockComments.map(([open]) => open),
    ...language.lineComments,
    ...language.strings.map(({ open }) => open),
    ...(language.regexes ? ["/"] : []),
  ];
  return new RegExp(starts.length === 0 ? "(?!)" : starts.map(escaped).join("|"), "g");
}

function readSpan(text: string, from: number, start: string, language: Language): Span | undefined {
  const block = language.blockComments.find(([open]) => open === start);
  if (block !== undefined) {
    const end = text.indexOf(block[1], from + start.length);
    return { from, to: end < 0 ? text.length : end + block[1].length, kind: "comment" };
  }
  if (language.lineComments.includes(start)) {
    if (language.name === "settings" && /\S/.test(text[from - 1] ?? " ")) return undefined;
    return { from, to: lineEnd(text, from), kind: "comment" };
  }
  if (start === "/") return readRegex(text, from);
  const form = language.strings.find(({ open }) => open === start);
  if (form === undefined) return undefined;
  return { from: from + start.length, to: stringEnd(text, from + start.length, form), kind: "string" };
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
};

function stringEnd(text: string, from: number, form: Language["strings"][number]): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\" && form.escape) at += 1;
    else if (text[at] === "\n" && !form.lines) return at;
    else if (text.startsWith(form.close, at)) return at;
  }
  return text.length;
}

function closingLength(text: string, span: Span, start: string, language: Language): number {
  if (start === "/") return 1;
  const form = language.strings.find(({ open }) => open === start);
  return form !== undefined && text.startsWith(form.close, span.to) ? form.close.length : 0;
}

/** A slash divides after a value; elsewhere it begins a regular expression, which ends on its line. */
function readRegex(text: string, from: number): Span | undefined {
  let before = from - 1;
  while (before >= 0 && (text[before] === " " || text[before] === "\t")) before -= 1;
  const word = /(?:^|[^\w$.])(?:return|typeof|case|in|of|void|throw|yield|await)$/;
  const divides = /[\w$)\]}"'`]/.test(text[before] ?? "");
  if (divides && !word.test(text.slice(Math.max(0, before - 8), before + 1))) return undefined;
  let inClass = false;
  for (let at = from + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return { from: from + 1, to: at, kind: "string" };
  }
  return undefined;
}
