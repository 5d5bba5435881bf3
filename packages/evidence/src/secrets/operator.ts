import { quoteAt } from "./quotes.ts";

/** How a name is tied to its value; `weak` where only a value that looks like a secret is one. */
export type Link = {
  readonly end: number;
  readonly kind: "assigned" | "element" | "weak";
  readonly colon: boolean /** Only a blank between. */;
  readonly near?: boolean;
};

/** What surrounds a name: the name, its word up to it, and what is before the word on its line, 60 characters at most. */
export type Before = { readonly name: string; readonly word: string; readonly lead: string };

const CLOSERS = /[\])}*]{0,3}/y;
const SIGN = String.raw`!==?|:::?=|:=|\?\?=|\|\|=|&&=|\/\/=|[?+.~!|&^]=|={2,3}>?|=~|=>|->|<<?-|=|::|:|%3D|%3A|\|\||⇒|→|←|≔`;
const ASSIGNS = new RegExp(
  String.raw`[ \t]{0,40}(?:\r?\n[ \t]{0,40})?(?:${SIGN})(?:\s{0,40}(?=\\{0,15}["'\x60]|&|%2)|[ \t]{0,40})`,
  "iy",
);
/** A type between: `token: &str = "v"`, `token As String = "v"`, `token : constant String := "v"`; no attribute behind a name in quotes. */
const TYPED =
  /[ \t]{0,4}(?:::?[ \t]{0,4}|(?<!["'`][ \t]{0,4})(?=[A-Za-z*&[]))(?:constant\s{1,3})?[&*]{0,2}(?:'\w{1,12}\s)?[A-Za-z_[][\w.:<>?&'[\] ]{0,40}?[*?!]{0,2}[ \t]{0,4}(?::=|=(?![=>]))[ \t]{0,4}(?=[A-Za-z:@(]{0,20}["'`])/y;
/** The value is in a second field: `name="password" value="v"`, `"name":"X","value":"v"`. */
const SECOND_FIELD =
  /[\s,;/]{1,40}[-\\"'`&quot;]{0,10}(?:default[-_]?)?(?:value|val|content|v|data|text|to)(?:\\{0,15}["'`]|&quot;)?\s{0,10}[:=]>?\s{0,10}/iy;
const LIST = /\s{0,10},\s{0,10}(?=(?:[A-Za-z:.]{1,20}\()?[@bru]{0,2}(?:\\{0,15}["'`]|&quot;|&#39;))/y;
const SQL = /\s{1,4}(?:is\s|by\s|as\s|to\s)?\s{0,3}(?=')/iy;
const BLANK = /[ \t]{1,4}(?=[^\s-])/y;
const GAP = /(?: {2,80}|[ \t]*\t[ \t]*)(?=\S)/y;
const CELL = /[ \t]{0,80}[|│┃][ \t]{0,80}(?=\S)/y;
const OPENS_TAG = /[<‹](?:[\w-]{1,40}:)?$/;
const CLOSES_TAG = /[^<>‹›\n]{0,200}[>›]\s{0,20}(?=[^<‹\s])/y;
const CLOSES_NAMED_TAG = /[ \t]{0,4}(?:[\w-]{1,20}=["'][^"'<>]{0,60}["']\s{0,4})?[>›]\s{0,20}(?=[^<‹\s])/y;

const COMMANDS =
  /(?:^|[\s;(&|])(?:set|setx|setenv|setq|defvar|defparameter|def|define|ENV|ARG|env|export|val|let|const|config|#define|(?:config|secret) set|login \S{1,40})\s{1,4}["']?$/i;

/** The operator behind a name, with what closes the name; null where nothing is given to it. */
export function readLink(text: string, nameEnd: number, before: Before): Link | null {
  const quote = quoteAt(text, nameEnd);
  const closed = matchEnd(CLOSERS, text, nameEnd + quote.length) ?? nameEnd;
  if (OPENS_TAG.test(before.lead) && quote === "") {
    const end = matchEnd(CLOSES_TAG, text, closed);
    if (end !== null) return { end, kind: "element", colon: false };
  }
  const typed = matchEnd(TYPED, text, closed);
  if (typed !== null) return { end: typed, kind: "assigned", colon: false };
  const second = quote !== "" || /(?:name|key)\s{0,4}[:=]\s{0,4}["']?$/i.test(before.lead);
  const field = second ? matchEnd(SECOND_FIELD, text, closed) : null;
  if (field !== null) return { end: field, kind: "assigned", colon: false };
  const assigned = matchEnd(ASSIGNS, text, closed);
  if (assigned !== null)
    return { end: assigned, kind: "assigned", colon: /:\s*$/.test(text.slice(closed, assigned)) };
  return quote === "" ? afterBlank(text, nameEnd, closed, before) : afterQuotedName(text, closed, before);
}

/** `setenv("TOKEN", "v")`, `["Authorization", "v"]`, `<entry key="password">v</entry>`; `'token', 'other'` is a list of words. */
function afterQuotedName(text: string, closed: number, { lead, name }: Before): Link | null {
  const end = matchEnd(LIST, text, closed);
  const opens = /([\w!]*)\s{0,2}[([{]\s{0,4}(?:[:\w.]{1,40},\s{0,4})?[@bru]{0,2}[\\"'`&;quot#39]{1,16}$/.exec(
    lead,
  );
  if (end !== null) {
    const sets =
      opens !== null &&
      /set|put|env|def|header|append|add|assign|conf|export|with|insert|store/i.test(opens[1] ?? "");
    if (/^(?:x-)?(?:authori|cookie|api)/i.test(name) || sets) return { end, kind: "assigned", colon: false };
    return opens === null ? null : { end, kind: "weak", colon: false };
  }
  const tag = matchEnd(CLOSES_NAMED_TAG, text, closed);
  if (tag !== null && /[<‹][^<>‹›\n]{0,60}$/.test(lead)) return { end: tag, kind: "element", colon: false };
  const pair = /\(\s{0,4}["']$/.test(lead) || COMMANDS.test(lead) ? matchEnd(BLANK, text, closed) : null;
  if (pair !== null) return { end: pair, kind: "assigned", colon: false };
  const cell = matchEnd(CELL, text, closed) ?? matchEnd(GAP, text, closed);
  return cell === null ? null : { end: cell, kind: "weak", colon: false };
}

/** `--token v`, `set TOKEN v`, `PASSWORD 'v'`, `:password "v"`, and columns of a table. */
function afterBlank(
  text: string,
  nameEnd: number,
  closed: number,
  { lead, word, name }: Before,
): Link | null {
  const isOption = /^--?[A-Za-z]/.test(word + name) && /(?:^|[\s"'`(,[])$/.test(lead);
  if (isOption || COMMANDS.test(lead)) {
    const end = matchEnd(BLANK, text, nameEnd);
    const isSet =
      isOption || /^[A-Z\d_]+$/.test(word + name) || /^["']/.test(text.slice(end ?? nameEnd, nameEnd + 6));
    if (end !== null && isSet) return { end, kind: "assigned", colon: false };
  }
  if (/^(?:pass|pwd|by)/i.test(name)) {
    const end = matchEnd(SQL, text, nameEnd);
    if (end !== null) return { end, kind: "assigned", colon: false };
  }
  // `:password "v"`, `{password, "v"}`, `(password . "v")` of Lisp and Erlang.
  if (/[:({]\s{0,2}$/.test(lead)) {
    const end = matchEnd(/(?:\s{1,4}|(?<=\{[\w-]{1,60})\s{0,2},\s{0,2}|\s\.\s)(?=<{0,2}["])/y, text, nameEnd);
    if (end !== null) return { end, kind: "assigned", colon: false };
  }
  const cell = matchEnd(CELL, text, closed) ?? matchEnd(GAP, text, closed);
  if (cell !== null) return { end: cell, kind: "weak", colon: false };
  const blank = matchEnd(BLANK, text, nameEnd);
  return blank === null ? null : { end: blank, kind: "weak", colon: false, near: true };
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
