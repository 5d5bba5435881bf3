import type { Version } from "../text/patched-file.ts";
import { findClose, indentedBlock } from "../text/regions.ts";
import type { Handler } from "./handlers.ts";

/** A longer body is not read to its end: whoever writes so much does something with the error. */
const LONGEST_BODY = 4_000;

/** The body of an arm: a block in braces, else what stands before the comma or line end. */
function armBody({ code }: Version, from: number, close: (open: number) => number): { body: string; to: number } {
  const open = /^[ \t\n]*\{/.exec(code.slice(from, from + 200));
  if (open !== null) {
    const at = from + open[0].length - 1;
    const to = close(at);
    return { body: code.slice(at + 1, Math.min(to - 1, at + LONGEST_BODY)), to };
  }
  const line = /^[^\n]*/.exec(code.slice(from, from + LONGEST_BODY))?.[0] ?? "";
  return { body: line.replace(/,\s*$/, ""), to: from + line.length };
}

const RUST_ARM = /\bErr\(([^()\n]{0,100}(?:\([^()\n]{0,100}\))?)\)(\s*if\b[^=\n]{0,200})?\s*=>/g;
const RUST_IF = /\bif\s+let\s+Err\((\w+)\)\s*=[^{;\n]{0,300}\{/g;
const RUST_CLOSURE = /\.(?:unwrap_or_else|or_else|map_or_else)\s*\(\s*\|\s*_\w*\s*\|/g;

/** Rust's arms for `Err(…)`. A pattern that names a kind, or a guard, expects what it catches. */
export function rustArms(version: Version): Handler[] {
  const close = (open: number) => findClose(version, open);
  const { code } = version;
  const arms = [...code.matchAll(RUST_ARM)].map((match): Handler => {
    const [head, pattern = "", guard] = match;
    const isNamed = guard !== undefined || !/^\s*(?:ref\s+)?(?:mut\s+)?_?\w*\s*$/.test(pattern);
    const { body, to } = armBody(version, match.index + head.length, close);
    return { from: match.index, to, types: isNamed ? ["Named"] : [], body, tried: "" };
  });
  const ifs = [...code.matchAll(RUST_IF)].map((match): Handler => {
    const open = match.index + match[0].length - 1;
    const to = close(open);
    return { from: match.index, to, types: [], body: code.slice(open + 1, to - 1), tried: "" };
  });
  const closures = [...code.matchAll(RUST_CLOSURE)].map((match): Handler => {
    const from = match.index + match[0].length;
    const to = close(code.indexOf("(", match.index));
    return { from: match.index, to, types: [], body: code.slice(from, to - 1), tried: "" };
  });
  return [...arms, ...ifs, ...closures];
}

const SCALA_CATCH = /(?<![.\w$])(?:catch|\.recover(?:With)?)\s*(?:\{|\()|\.recover(?:With)?\s*(?:\{|\()/g;
const CASE = /\bcase\s+([^\n]{0,200}?)=>/g;

/** Scala's cases of `catch` and `recover`. */
export function scalaCases(version: Version): Handler[] {
  const { code } = version;
  return [...code.matchAll(SCALA_CATCH)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const end = findClose(version, open);
    const inner = code.slice(open + 1, Math.min(end - 1, open + LONGEST_BODY));
    const cases = [...inner.matchAll(CASE)];
    return cases.map((one, index): Handler => {
      const bodyFrom = one.index + one[0].length;
      const body = inner.slice(bodyFrom, cases[index + 1]?.index ?? inner.length);
      const type = /:\s*([\w.]+)/.exec(one[1] ?? "")?.[1];
      const from = cases.length === 1 ? match.index : open + 1 + one.index;
      const to = cases.length === 1 ? end : open + 1 + bodyFrom + body.trimEnd().length;
      return { from, to, types: type === undefined ? [] : [type], body, tried: "" };
    });
  });
}

const SECTION = /^([ \t]*)(?:rescue|catch)[ \t]*(?=\n)/gm;
const CLAUSE = /^[ \t]*([^\n]{1,200}?)->([^\n]*(?:\n(?![^\n]*->|[ \t]*(?:end|after|else|catch|rescue)\b)[^\n]*)*)/gm;
const ERROR_ARM = /^[ \t]*(\{:error,[^\n]{0,100}?\}|:error|\{:exit,[^\n]{0,60}\})[ \t]*->([^\n]*(?:\n(?![^\n]*->|[ \t]*end\b)[^\n]*)*)/gm;

/** Elixir's clauses of `rescue` and `catch`, and the arms that take `{:error, …}`. */
export function elixirClauses({ code }: Version): Handler[] {
  const rescued = [...code.matchAll(SECTION)].flatMap((match) => {
    const block = indentedBlock(code, match.index + (match[1] ?? "").length);
    const head = match.index + match[0].length;
    return [...code.slice(block.from, block.to).matchAll(CLAUSE)].map((clause, index): Handler => {
      const types = /\bin\s+\[?([\w.]+)/.exec(clause[1] ?? "")?.[1] ?? /^([A-Z][\w.]+)/.exec(clause[1] ?? "")?.[1];
      const from = index === 0 ? match.index : block.from + clause.index;
      const to = Math.max(head, block.from + clause.index + clause[0].trimEnd().length);
      return { from, to, types: types === undefined ? [] : [types], body: clause[2] ?? "", tried: "" };
    });
  });
  const arms = [...code.matchAll(ERROR_ARM)].map((match): Handler => {
    const [whole, pattern = "", body = ""] = match;
    const isNamed = /,\s*(?::|%|\{|")/.test(pattern);
    return { from: match.index, to: match.index + whole.trimEnd().length, types: isNamed ? ["Named"] : [], body, tried: "" };
  });
  return [...rescued, ...arms];
}
