import type { Hide } from "../hide.ts";
import { readLink } from "./operator.ts";
import type { Span } from "./quotes.ts";
import { looksRandom } from "./random.ts";
import { isHeader, nameFinder, namesSecret, speaksOfSecret } from "./secret-names.ts";
import { readValue } from "./value.ts";

/** `"v" -> token` of R: the value comes before the name. */
const RIGHTWARD = /(["'])([^"'\n]{1,200})\1\s{0,4}->>?\s{0,4}$/;

/**
 * Hides the value of everything that is named like a secret, and never its operator. Three readings follow each other:
 * the name, what ties it to a value (an operator, a comma in a call, a tag, a column), and the value.
 */
export function hideAssignments(text: string, hide: Hide): string {
  const names = nameFinder();
  const pieces: string[] = [];
  let at = 0;
  names.lastIndex = 0;
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const value = valueSpan(text, found, names.lastIndex, at);
    if (value === null || value.start < at) continue;
    pieces.push(text.slice(at, value.start), hide("secret-value"));
    at = value.end;
    names.lastIndex = Math.max(at, names.lastIndex);
  }
  pieces.push(text.slice(at));
  return hideInsertedValues(pieces.join(""), hide);
}

function valueSpan(text: string, found: RegExpExecArray, end: number, from: number): Span | null {
  const { name = "", rest = "" } = found.groups ?? {};
  if (!namesSecret(name, rest)) return null;
  const start = wordStart(text, found.index);
  if (/public[-_]?key[-_]?$|utf-8-$/i.test(text.slice(start, found.index))) return null;
  const lead = lineBefore(text, start, 60);
  if (/unexpected\s{1,4}$/i.test(lead) || /\[redacted $/.test(lead)) return null;
  const link = readLink(text, end, { name, word: text.slice(start, found.index), lead });
  if (link === null) return readRightward(text, start, from);
  const value = readValue(text, link, () => lineBefore(text, found.index, 120), isHeader(name));
  return value === null || isPlace(name, text.slice(value.start, value.end)) ? null : value;
}

/** Where the word begins that a name is part of. */
function wordStart(text: string, at: number): number {
  let start = at;
  while (at - start < 60 && /[\w.-]/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}

/** What stands before a place on its line. */
function lineBefore(text: string, at: number, most: number): string {
  const before = text.slice(Math.max(at - most, 0), at);
  return before.slice(before.lastIndexOf("\n") + 1);
}

function readRightward(text: string, at: number, from: number): Span | null {
  if (!/->>?\s{0,4}$/.test(lineBefore(text, at, 8))) return null;
  const line = text.slice(Math.max(from, at - 240), at);
  const found = RIGHTWARD.exec(line);
  if (found === null) return null;
  const start = at - line.length + found.index + 1;
  return { start, end: start + (found[2] ?? "").length };
}

/**
 * `session.ts:42:10` and `auth:12` are places in a program, `auth: "bearer"` names a way, `sessionId: tabSessionId` a
 * variable; an address may be public.
 */
function isPlace(name: string, value: string): boolean {
  if (/^[A-Za-z_$]+$/.test(value) && value.toLowerCase().includes(name.toLowerCase())) return true;
  if (/^auth$|^session/i.test(name) && /^\d{1,6}(?::\d{1,6})?$|^[a-z]{1,16}$/.test(value)) return true;
  return /^https?:\/\/[^@\s]+$/.test(value) && !/ur[il]$|dsn|hook/i.test(name) && !looksRandom(value);
}

const INSERT =
  /(insert\s{1,4}into\s{1,4}[^()\n]{1,120}\(([^()]{1,600})\)\s{0,8}values\s{0,8})([^;\n]{1,4096})/gi;
const LITERAL = /'(?:[^'\\]|''|\\.)*'?/g;
const IS_HIDDEN = /^'\[redacted [\w-]{1,30}\]'$/;

/** In `INSERT INTO users (email, password) VALUES ('a', 'b')` the names stand apart from the values: hides every literal. */
function hideInsertedValues(text: string, hide: Hide): string {
  const cover = (literal: string): string =>
    IS_HIDDEN.test(literal) ? literal : `'${hide("secret-value")}'`;
  return text.replace(INSERT, (statement, head: string, columns: string, values: string) =>
    speaksOfSecret(columns) ? head + values.replace(LITERAL, cover) : statement,
  );
}
