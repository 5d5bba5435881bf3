/** Looks up the next match of a pattern; answers for rising positions in linear time over all calls. */
function createFinder(
  text: string,
  pattern: RegExp,
): (from: number) => { start: number; end: number } | null {
  let last: { start: number; end: number } | null = { start: -1, end: -1 };
  return (from) => {
    if (last !== null && last.start < from) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      last = match === null ? null : { start: match.index, end: match.index + match[0].length };
    }
    return last;
  };
}

/** A tag whose attributes are HTML's (`name`, `name="value"`, `name=value`), not an expression or a type. */
const TAG =
  /<(\/?[A-Za-z][\w:.-]*)((?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'{}()=<>`]+))?)*)\s*(\/?)>/y;
const OTHER_TAG = /<([A-Za-z/!?][^<>]*)>/y;
const OPENS_MARKUP = /<(?=[A-Za-z/!?])/g;
const CLOSES_COMMENT = /(--!?)>/g;

/**
 * Turns HTML and XML into text. Comments go, with what they hide; attributes go (they hide text too); tags,
 * processing instructions and declarations stay to be read, with ‹› for their angle brackets, because an error
 * often speaks about them: `‹div› cannot be inside ‹p›`, `Map‹string, number›`. A comment without an end stays
 * as text. Linear in the length of the text.
 * @returns text in which no `<` begins markup and no `-->` ends a comment, and the number of items changed.
 */
export function flattenMarkup(text: string): { text: string; markup: number } {
  if (!text.includes("<") && !text.includes("-->") && !text.includes("--!>")) return { text, markup: 0 };
  const nextEnd = createFinder(text, /--!?>/g);
  const nextStart = createFinder(text, /<!--/g);
  const pieces: string[] = [];
  let markup = 0;
  let at = 0;
  for (let open = text.indexOf("<"); open !== -1; open = text.indexOf("<", at)) {
    pieces.push(text.slice(at, open));
    const item = readMarkup(text, open, nextEnd, nextStart);
    if (item.counts) markup += 1;
    pieces.push(item.shown);
    at = item.end;
  }
  pieces.push(text.slice(at));
  // What stood around a removed comment may now form markup together.
  const flat = pieces.join("").replace(OPENS_MARKUP, "‹").replace(CLOSES_COMMENT, "$1›");
  return { text: flat, markup };
}

type Finder = ReturnType<typeof createFinder>;
type Item = { shown: string; end: number; counts: boolean };

function readMarkup(text: string, open: number, nextEnd: Finder, nextStart: Finder): Item {
  if (text.startsWith("<!--", open)) {
    const end = endOfComment(text, open + 4, nextEnd, nextStart);
    return end === null ? { shown: "‹!--", end: open + 4, counts: true } : { shown: "", end, counts: true };
  }
  if (/^<!\[CDATA\[/i.test(text.slice(open, open + 9))) return { shown: "", end: open + 9, counts: true };
  TAG.lastIndex = open;
  const tag = TAG.exec(text);
  if (tag !== null) {
    const attributes = (tag[2] ?? "").trim() === "" ? "" : " …";
    return { shown: `‹${tag[1]}${attributes}${tag[3]}›`, end: TAG.lastIndex, counts: true };
  }
  OTHER_TAG.lastIndex = open;
  const other = OTHER_TAG.exec(text);
  if (other !== null) return { shown: `‹${other[1]}›`, end: OTHER_TAG.lastIndex, counts: true };
  return { shown: "<", end: open + 1, counts: false };
}

/**
 * Where a comment ends. Browsers end `<!-->`, `<!--->` and `--!>` early and Markdown does not, so the text up to
 * a later `-->` is seen by one and not by the other: it goes too, unless another comment begins before.
 */
function endOfComment(text: string, start: number, nextEnd: Finder, nextStart: Finder): number | null {
  const early = text.startsWith(">", start) ? start + 1 : text.startsWith("->", start) ? start + 2 : null;
  const end = early ?? nextEnd(start)?.end ?? null;
  if (end === null) return null;
  if (early === null && !text.startsWith("--!>", end - 4)) return end;
  const later = nextEnd(end);
  const another = nextStart(end);
  return later !== null && (another === null || later.start < another.start) ? later.end : end;
}
