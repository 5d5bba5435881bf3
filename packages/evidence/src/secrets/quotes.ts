/** A quotation mark as texts write it: as often escaped as nested, as an entity, or percent-encoded. */
const QUOTE =
  /\\{0,15}(?:"{3}|'{3}|["'`])|&(?:quot|apos|#0?34|#0?39|#x22|#x27);|%2[27]|\\u00(?:22|27)|\\x2[27]/iy;

/** The quotation mark at a place, or an empty text. */
export function quoteAt(text: string, at: number): string {
  QUOTE.lastIndex = at;
  return QUOTE.exec(text)?.[0] ?? "";
}

const MAX_VALUE = 4096;

export type Span = { readonly start: number; readonly end: number };

/** What stands between a quotation mark and the same one, as often escaped; without one, up to the end of the line. */
export function insideQuotes(text: string, at: number, quote: string): Span {
  const start = at + quote.length;
  const window = text.slice(start, start + MAX_VALUE);
  let end = window.indexOf(quote);
  while (quote.length === 1 && isEscaped(window, end)) end = window.indexOf(quote, end + 1);
  if (end === -1) end = window.indexOf("\n");
  return { start, end: start + (end === -1 ? window.length : end) };
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}
