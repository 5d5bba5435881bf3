import type { Version } from "../text/patched-file.ts";
import { findClose, indentedBlock, splitArguments } from "../text/regions.ts";
import { elixirClauses, rustArms, scalaCases } from "./arms.ts";

/** A place where an error is caught: what is caught, by which code, and what is tried. */
export type Handler = {
  readonly from: number;
  readonly to: number;
  /** Types that are caught; empty: anything. */
  readonly types: readonly string[];
  readonly body: string;
  /** What is tried, where it can be told. */
  readonly tried: string;
  /** Its own parts, where what is tried stands between them. */
  readonly spans?: readonly (readonly [from: number, to: number])[];
};

/** All handlers of a version. What strings hold is blank in `body` and `tried`. */
export function findHandlers(version: Version): Handler[] {
  if (!version.language.code) return [];
  switch (version.language.name) {
    case "python":
      return [...exceptClauses(version), ...suppressions(version)];
    case "ruby":
      return [...rescueClauses(version), ...rescueModifiers(version)];
    case "go":
      return goHandlers(version);
    case "rust":
      return rustArms(version);
    case "scala":
      return scalaCases(version);
    case "elixir":
      return elixirClauses(version);
    default:
      return [
        ...catchBlocks(version),
        ...promiseCatches(version),
        ...runCatchings(version),
        ...returningFinally(version),
      ];
  }
}

/** A longer body is not read to its end: whoever writes so much does something with the error. */
const LONGEST_BODY = 4_000;
const cutBody = (code: string, from: number, to: number): string =>
  code.slice(from, Math.min(to, from + LONGEST_BODY));

/** Catches anything, and nobody can tell what is tried. */
const ANYTHING = { types: [], tried: "" } as const;

/** From a match that ends with an opening bracket to the one that closes it, with what is in between. */
function openedBlock(version: Version, match: RegExpExecArray): Pick<Handler, "from" | "to" | "body"> {
  const open = match.index + match[0].length - 1;
  const to = findClose(version, open);
  return { from: match.index, to, body: cutBody(version.code, open + 1, to - 1) };
}

const CATCH =
  /(?<![.\w$])catch\s*(?:\(([^)\n]{0,300})\)\s*|((?:let|is)\s[^{}\n;]{1,120}|\.?[\w.]{1,80}\s*))?(?:when\s*\([^)\n]{0,200}\)\s*)?\{/g;

function catchBlocks(version: Version): Handler[] {
  const { code, language } = version;
  return [...code.matchAll(CATCH)].map((match) => ({
    ...openedBlock(version, match),
    types: catchTypes(language.name, match, code),
    tried: blockBefore(code, match.index),
  }));
}

/** What is caught: in Swift it may stand behind `as` or `is`, in Dart before the word, behind `on`. */
function catchTypes(language: string, match: RegExpExecArray, code: string): string[] {
  if (language === "javascript") return [];
  if (language === "dart") {
    const named = /\bon\s+([\w.]+)\s*$/.exec(code.slice(Math.max(0, match.index - 100), match.index))?.[1];
    return named === undefined ? [] : [named];
  }
  if (language === "swift") {
    const pattern = (match[2] ?? match[1] ?? "").trim();
    const named = /\b(?:as|is)\s+([\w.]+)/.exec(pattern)?.[1] ?? /^\.?[A-Z][\w.]*$/.exec(pattern)?.[0];
    return named === undefined ? [] : [named];
  }
  return parseTypes(match[1] ?? "");
}

/** `IOException | SQLException e`, `\Foo\Bar $e`, `e: IOException`, `final Foo e`. */
const parseTypes = (header: string): string[] =>
  header
    .replace(/\b\w+\s*:\s*/g, "")
    .split("|")
    .flatMap((part) => /^(?:final\s+|@\w+\s+)*([\w.\\:]+)/.exec(part.trim())?.[1] ?? []);

/** The block that ends right before an offset; the last 2,000 characters at most. */
function blockBefore(code: string, offset: number): string {
  let depth = 0;
  const least = Math.max(0, offset - 2_000);
  for (let at = offset - 1; at >= least; at -= 1) {
    if (code[at] === "}") depth += 1;
    else if (code[at] === "{" && --depth === 0) return code.slice(at + 1, code.lastIndexOf("}", offset - 1));
  }
  return "";
}

/** `.catch(f)`, and the second argument of `.then(f, g)`; in Dart `.catchError(f)` and `.onError(f)`. */
const PROMISE = /\.(?:catch|catchError|onError)\s*\(/g;
const THEN = /\.then\s*\(/g;

function promiseCatches(version: Version): Handler[] {
  const { code, language } = version;
  if (language.name !== "javascript" && language.name !== "dart") return [];
  const handlers = (pattern: RegExp, argument: 0 | 1) =>
    [...code.matchAll(pattern)].flatMap((match): Handler[] => {
      const open = match.index + match[0].length - 1;
      const to = findClose(version, open);
      const given = splitArguments(cutBody(code, open + 1, to - 1))[argument];
      if (given === undefined || given.text.trim() === "") return [];
      const from = argument === 0 ? match.index : open + 1 + given.at;
      const tried = code.slice(Math.max(0, code.lastIndexOf("\n", match.index)), match.index);
      return [
        { from, to: argument === 0 ? to : to - 1, types: [], body: callbackBody(given.text.trim()), tried },
      ];
    });
  return [...handlers(PROMISE, 0), ...handlers(THEN, 1)];
}

/** What a callback does: the statements of its block, or the value that it returns; a name is called. */
function callbackBody(given: string): string {
  if (/^(?:\w+\.)*(?:noop|Function\.prototype)$/.test(given)) return "";
  if (!/=>|^(?:async\s+)?function\b/.test(given)) return `return ${given}()`;
  const lambda =
    /^(?:async\s+)?(?:function\b[^(]*)?(?:\([^)]*\)|\w+)\s*(?:=>)?\s*(\{[\s\S]*\}|[^{][\s\S]*)$/.exec(given);
  const body = lambda?.[1] ?? given;
  return body.startsWith("{") ? body.slice(1, -1) : `return ${body}`;
}

const FINALLY = /(?<![.\w$])finally\s*\{/g;

/** A `finally` that returns takes every error with it. */
const returningFinally = (version: Version): Handler[] =>
  [...version.code.matchAll(FINALLY)]
    .map((match) => ({ ...ANYTHING, ...openedBlock(version, match) }))
    .filter(({ body }) => /(?:^|[;{}\n])\s*return\b/.test(body));

const RUN_CATCHING = /\brunCatching\s*\{/g;

/** Kotlin's `runCatching { … }.getOrNull()`. */
function runCatchings(version: Version): Handler[] {
  const { code, language } = version;
  if (language.name !== "jvm") return [];
  return [...code.matchAll(RUN_CATCHING)].flatMap((match): Handler[] => {
    const { from, to: closed, body: tried } = openedBlock(version, match);
    const after = /^(?:\s*\.(getOrNull\(\)|getOrDefault\(|getOrElse\s*\{|onFailure\s*\{\s*\})|(?=\s*[\n};]))/.exec(
      code.slice(closed, closed + 100),
    );
    const isUsed = /(?:[=(,]|\breturn|->)\s*$/.test(code.slice(Math.max(0, from - 20), from));
    if (after === null || (after[0] === "" && (isUsed || /^\s*\n?\s*\./.test(code.slice(closed, closed + 80))))) return [];
    const to = closed + after[0].length;
    const spans = [
      [from, from + match[0].length],
      [closed - 1, to],
    ] as const;
    return [{ from, to, types: [], body: "return null", tried, spans }];
  });
}

const EXCEPT = /^([ \t]*)except\b\*?([^:\n]*):([^\n]*)/gm;

function exceptClauses({ code }: Version): Handler[] {
  return [...code.matchAll(EXCEPT)].map((match) => {
    const [head, indent = "", header = "", rest = ""] = match;
    const block = indentedBlock(code, match.index + indent.length);
    const body = rest.trim() === "" ? cutBody(code, block.from, block.to) : rest;
    return {
      from: match.index,
      to: rest.trim() === "" ? Math.max(block.to, match.index + head.length) : match.index + head.length,
      types: namesIn(header.replace(/\bas\b.*$/, "")),
      body,
      tried: "",
    };
  });
}

const SUPPRESS = /\b(?:contextlib\.)?suppress\(([^)\n]*)\)/g;

const suppressions = ({ code }: Version): Handler[] =>
  [...code.matchAll(SUPPRESS)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    types: namesIn(match[1] ?? ""),
    body: "",
    tried: "",
  }));

const namesIn = (text: string): string[] => [...text.matchAll(/[A-Za-z_][\w.:]*/g)].map(([name]) => name);

const RESCUE = /^([ \t]*)rescue\b([^\n]*)/gm;

function rescueClauses({ code }: Version): Handler[] {
  return [...code.matchAll(RESCUE)].map((match) => {
    const [head, indent = "", header = ""] = match;
    const block = indentedBlock(code, match.index + indent.length);
    const [types = "", inline = ""] = header.split(/\bthen\b|;/);
    return {
      from: match.index,
      to: Math.max(block.to, match.index + head.length),
      types: namesIn(types.replace(/=>.*$/, "")),
      body: `${inline}\n${cutBody(code, block.from, block.to)}`,
      tried: "",
    };
  });
}

const RESCUE_MODIFIER = /(?<=\S[ \t]+)rescue[ \t]+([^\n]+)/g;

const rescueModifiers = ({ code }: Version): Handler[] =>
  [...code.matchAll(RESCUE_MODIFIER)].map(({ index: from, 0: text, 1: value = "" }) => ({
    ...ANYTHING,
    from,
    to: from + text.length,
    body: `return ${value}`,
  }));

const ERROR_CHECK = /\bif\s+(?:[^{}\n]{0,200};\s*)?(\w*[eE]rr\w*)\s*!=\s*nil\s*\{/g;
const RECOVER = /\brecover\(\)/g;

function goHandlers(version: Version): Handler[] {
  const { code } = version;
  const checks = [...code.matchAll(ERROR_CHECK)].map((match) => ({
    ...ANYTHING,
    ...openedBlock(version, match),
  }));
  const recoveries = [...code.matchAll(RECOVER)].map((match): Handler => {
    const lineEnd = code.indexOf("\n", match.index);
    const open = code.slice(match.index, lineEnd < 0 ? code.length : lineEnd).indexOf("{");
    const inBlock =
      open >= 0 && /;\s*\w+\s*!=\s*nil\s*\{/.test(code.slice(match.index, match.index + open + 1));
    const to = inBlock ? findClose(version, match.index + open) : match.index + match[0].length;
    const body = inBlock ? cutBody(code, match.index + open + 1, to - 1) : "";
    return { ...ANYTHING, from: match.index, to, body };
  });
  return [...checks, ...recoveries];
}
