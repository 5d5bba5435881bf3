import type { Link } from "./operator.ts";
import { insideQuotes, quoteAt, type Span } from "./quotes.ts";
import { looksRandom } from "./random.ts";
import { isCode, isNoSecret, isProse, takesVariable } from "./value-words.ts";

/** What a program may put around a literal: `Some("v")`, `new SecretStr('v')`, `b"v"`, `@"v"`, `%w(v)`. */
const WRAPPER =
  /(?:\s{0,4}(?:new\s{1,4}|&)?(?:Some|Just|Ok|String::from|String|SecureString|Secret(?:Str|String|Value)?|Buffer\.from|bytes|str|text|base64\.b64decode|b64decode|atob|encode|quote|json|NSString|Box::new|Cow::from|ConvertTo-SecureString)\s{0,4}[( ]\s{0,4}|[@$]|(?:br|rb|u8|[bBrRuULfN])(?=["'`])|<{2}(?=")){1,3}(?=\\{0,15}["'`]|@|["'`])/y;
const PERL = /(?:%[qQwW]|q[qwx]?)([{([<|!])/y;
const CLOSES: Readonly<Record<string, string>> = {
  "{": "}",
  "(": ")",
  "[": "]",
  "<": ">",
  "|": "|",
  "!": "!",
};
const BLOCK = /[|>][+-]?\d?[+-]?[ \t]{0,8}(?:#[^\n]{0,80})?\r?\n/y;
const HEADER_VALUE = /[^\r\n"'`]{1,4096}/y;
const WORD_VALUE = /[^\s"'`,;&<>(){}[\]|\\‹›]{1,4096}/y;
/** On a line of its own, as in .env and .ini, a value ends with the line's word. */
const LINE_VALUE = /[^\s"'`]{1,4096}/y;
const ALONE = /^[ \t]*(?:export |set |- |\$env:|[\d-]{10}[T ][\d:.Z]+ )?[\w.-]*$/i;

/** The value behind an operator, without quotation marks; null where it is no secret. */
export function readValue(text: string, link: Link, line: () => string, ofHeader: boolean): Span | null {
  const start = wrapperEnd(text, link.end);
  const isHeader = ofHeader && link.kind !== "weak";
  if (link.kind === "element") return judge(text, untilTag(text, start));
  const quote = quoteAt(text, start);
  if (quote !== "") {
    const span = insideQuotes(text, start, quote);
    return quote === "`" && isFilledIn(text.slice(span.start, span.end))
      ? null
      : judgeQuoted(text, span, link);
  }
  PERL.lastIndex = start;
  const perl = PERL.exec(text);
  if (perl !== null) return judge(text, until(text, PERL.lastIndex, CLOSES[perl[1] ?? ""] ?? "}"));
  BLOCK.lastIndex = start;
  if (link.colon && BLOCK.test(text)) return readBlock(text, BLOCK.lastIndex, line());
  if (/[{[]/.test(text[start] ?? ""))
    return isHeader || isListOfValues(text, start) ? readBracketed(text, start) : null;
  return readBare(text, start, link, line, isHeader);
}

function wrapperEnd(text: string, at: number): number {
  WRAPPER.lastIndex = at;
  return WRAPPER.test(text) ? WRAPPER.lastIndex : at;
}

function judge(text: string, span: Span | null): Span | null {
  return span === null || isNoSecret(text.slice(span.start, span.end)) ? null : span;
}

function judgeQuoted(text: string, span: Span, link: Link): Span | null {
  return link.kind === "weak" && !isTelling(text.slice(span.start, span.end)) ? null : judge(text, span);
}

/** Whether a template says nothing but what a program fills in: `tab-${id}`. */
function isFilledIn(value: string): boolean {
  const bare = value.replace(/\$\{[^}]{0,200}\}/g, "");
  return bare.length < value.length && !/\d/.test(bare) && !looksRandom(bare);
}

/** Whether a value is likely a secret by itself: eight characters without a blank and with a digit, at least. */
const isTelling = (value: string): boolean =>
  /^(?=\S{8,}$)\S*\d/.test(value) &&
  !/^[\d.,:/-]+$|^v?\d+\.\d/.test(value) &&
  !/^(?:https?:|\/|\.)/.test(value);

function untilTag(text: string, start: number): Span | null {
  const end = text.slice(start, start + 4096).search(/[<‹]/);
  const value = end === -1 ? "" : text.slice(start, start + end).trimEnd();
  return /\s/.test(value) && !/\d/.test(value) ? null : { start, end: start + value.length };
}

function until(text: string, start: number, close: string): Span | null {
  const end = text.slice(start, start + 4096).indexOf(close);
  return end === -1 ? null : { start, end: start + end };
}

/** The lines of a YAML block scalar: all that are indented deeper than the name's. */
function readBlock(text: string, start: number, line: string): Span | null {
  const outer = line.length - line.replace(/^[ \t]*(?:- )?/, "").length;
  let end = start;
  while (end < text.length) {
    const next = text.indexOf("\n", end);
    const stop = next === -1 ? text.length : next;
    const indented = text.slice(end, Math.min(stop, end + 200));
    const indent = indented.length - indented.replace(/^[ \t]+/, "").length;
    if (end + indent < stop && indent <= outer) break;
    end = next === -1 ? text.length : next + 1;
  }
  const value = text.slice(start, end);
  const lead = value.length - value.trimStart().length;
  return judge(text, { start: start + lead, end: start + value.trimEnd().length });
}

function readBracketed(text: string, start: number): Span | null {
  const window = text.slice(start, start + 4096);
  if (/^[{[]\s*(?:\.{3}|\/[/*]|[}\]]|$)/.test(window) || window.startsWith("[redacted ")) return null;
  const end = window.indexOf(window[0] === "{" ? "}" : "]");
  return { start, end: start + (end === -1 ? window.length : end + 1) };
}

/** `["v1", "v2"]` with a digit somewhere; a list of words is rather one of names. */
const isListOfValues = (text: string, start: number): boolean =>
  /^\[\s{0,10}\\{0,7}["'`](?=[^\]]{0,200}\d)(?![^"'`]{0,40}\s)/.test(text.slice(start, start + 260));

function readBare(
  text: string,
  start: number,
  link: Link,
  line: () => string,
  isHeader: boolean,
): Span | null {
  const word = (matchAt(WORD_VALUE, text, start) ?? "").split(/%26|%20|%22|%2C/i)[0] ?? "";
  const after = text.slice(start + word.length, start + word.length + 40);
  if (isNoSecret(word)) return null;
  const ofLine = link.kind === "assigned" && !isHeader ? lineValue(text, start, word, line) : null;
  if (ofLine !== null) return ofLine;
  if (takesVariable(word, text.slice(Math.max(0, start - 12), start), line())) return null;
  if (isCode(word, after) || (link.kind === "weak" && !isColumn(word, link))) return null;
  if (isHeader) return { start, end: start + (matchAt(HEADER_VALUE, text, start) ?? word).length };
  return link.colon && isProse(word, after) ? null : { start, end: start + word.length };
}

const isColumn = (word: string, { near }: Link): boolean =>
  isTelling(word) && (looksRandom(word) || (near !== true && !/[/.:#]/.test(word)));

/** A value with signs that end a word elsewhere, alone on its line: `PASSWORD=ab(c)d&e`. A call is none. */
function lineValue(text: string, start: number, word: string, line: () => string): Span | null {
  const value = (matchAt(LINE_VALUE, text, start) ?? "").replace(/[;,]+$/, "");
  if (value.length <= word.length || !/[=:]/.test(text[start - 1] ?? "") || !ALONE.test(line())) return null;
  return /^[\w$.]+[([]/.test(value) && !/\)./.test(value) ? null : { start, end: start + value.length };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
