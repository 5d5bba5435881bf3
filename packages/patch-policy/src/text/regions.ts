import type { Version } from "./patched-file.ts";

/** A part of a text: offsets of its first character and of the one after its last. */
export type Region = { readonly from: number; readonly to: number };

/** How far a block reaches that nothing closes. */
const LONGEST = 4_000;

/** The offset after the bracket that closes the one at `open`; where none does, as far as one may reach. */
export function findClose({ code, closings }: Version, open: number): number {
  const closed = closings[open] ?? 0;
  return closed === 0 ? Math.min(code.length, open + LONGEST) : closed;
}

/** The block that a line opens by indentation: the lines below that stand deeper, up to the next that does not. */
export function indentedBlock(code: string, from: number): Region {
  const head = code.lastIndexOf("\n", from - 1) + 1;
  const depth = countIndent(code, head);
  const start = code.indexOf("\n", from) + 1;
  if (start === 0) return { from: code.length, to: code.length };
  let to = start;
  for (let at = start; at < Math.min(code.length, start + LONGEST); ) {
    const end = code.indexOf("\n", at) < 0 ? code.length : code.indexOf("\n", at) + 1;
    const isBlank = code.slice(at, end).trim() === "";
    if (!isBlank && countIndent(code, at) <= depth) break;
    if (!isBlank) to = end;
    at = end;
  }
  return { from: start, to };
}

function countIndent(code: string, lineStart: number): number {
  let at = lineStart;
  while (code[at] === " " || code[at] === "\t") at += 1;
  return at - lineStart;
}

/**
 * What belongs to a name at an offset: brackets that follow it, a block, or the rest of its line. A chain of them,
 * such as `(event) => { … }`, is one region.
 */
export function regionAfter(version: Version, offset: number): Region {
  const { code, language } = version;
  if (language.blocks !== "braces") {
    const line = code.indexOf("\n", offset) < 0 ? code.length : code.indexOf("\n", offset);
    const bracket = code.slice(offset, line).search(/[([{]/);
    const closed = bracket < 0 ? line : findClose(version, offset + bracket);
    const end = Math.max(line, closed);
    const opens = language.blocks === "end" ? /\b(?:do|lambda|def|proc)\b[^\n]*$/ : /:\s*$/;
    const opened = opens.test(code.slice(offset, line).trimEnd()) && closed <= line;
    return { from: offset, to: opened ? Math.max(end, indentedBlock(code, offset).to) : end };
  }
  return { from: offset, to: bracedEnd(version, offset) };
}

const OPENING = /[([{]/;

/** Goes on over brackets and whatever joins them, and stops at the end of an item or statement. */
function bracedEnd(version: Version, offset: number): number {
  const { code } = version;
  let at = offset;
  let closed = false;
  const end = Math.min(code.length, offset + LONGEST);
  while (at < end) {
    const sign = code[at] as string;
    if (OPENING.test(sign)) {
      at = findClose(version, at);
      closed = sign === "{";
      continue;
    }
    if (sign === ";" || sign === "," || sign === ")" || sign === "}" || sign === "]") return at;
    if (
      sign === "\n" &&
      (closed || !/[=(,:>?&|+]\s*$/.test(code.slice(Math.max(offset, at - 80), at))) &&
      !continues(code, at)
    )
      return at;
    at += 1;
  }
  return at;
}

const continues = (code: string, newline: number): boolean =>
  /^\s*(?:[.{?:&|]|=>)/.test(code.slice(newline, newline + 200));

/** Splits the body of a block into statements: at semicolons and line ends outside of brackets. Pure. */
export const splitStatements = (body: string): string[] =>
  splitOutside(body, ";\n", (depth) => depth <= 0)
    .map(({ text }) => text.replace(/\s+/g, " ").trim())
    .filter((statement) => statement !== "");

/** Splits what is given to a call at its commas; each argument has its offset. Pure. */
export const splitArguments = (text: string): readonly TextPart[] =>
  splitOutside(text, ",", (depth) => depth === 0);

type TextPart = { readonly text: string; readonly at: number };

/** @param isOutside by how many brackets are open; below 0 where more were closed than opened */
function splitOutside(text: string, ends: string, isOutside: (depth: number) => boolean): TextPart[] {
  const found: TextPart[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at];
    if (sign !== undefined && "([{".includes(sign)) depth += 1;
    else if (sign !== undefined && ")]}".includes(sign)) depth -= 1;
    else if (sign === undefined || (isOutside(depth) && ends.includes(sign))) {
      found.push({ text: text.slice(from, at), at: from });
      from = at + 1;
    }
  }
  return found;
}
