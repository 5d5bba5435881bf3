import type { Frame } from "./thrown.ts";

/** `  File "path", line 28, in DocsSDK.create`, `  Module "Shop.Cart", in Total` and `  ?, in main`: most platforms. */
const DEFAULT_FRAME =
  /^\s{1,8}(?:File "([^"\n]{1,1000})"|Module "([^"\n]{1,500})"|\?)(?:, line (\d{1,9}))?(?:, in (.{1,300}))?$/;
/** `  at total (app/cart.js:71:23)`: JavaScript. */
const SCRIPT_FRAME = /^\s{0,8}at (.{0,300}?) \((.{0,1000}?)(?::(\d{1,9}))?(?::(\d{1,9}))?\)$/;
/** `    at com.acme.Cart.total(Cart.java:71)`, in old versions unclosed, and without a file in none: Java. */
const JAVA_FRAME = /^\s{0,8}at ([^\s()]{1,400})(?:\(([^()\n]{0,300}?)(?::(\d{1,9}))?\)?)?$/;
/** `  app/models/cart.rb:12:in `total'`: Ruby. */
const RUBY_FRAME = /^\s{0,8}(\S.{0,1000}?)(?::(\d{1,9}))?:in [`'](.{0,300})'$/;

/** Reads a line that one of Sentry's four templates of frames wrote; null for any other. */
export function readTextFrame(line: string): Frame | null {
  const plain = DEFAULT_FRAME.exec(line);
  if (plain !== null) return makeFrame({ path: plain[1], module: plain[2], line: plain[3], name: plain[4] });
  const script = SCRIPT_FRAME.exec(line);
  if (script !== null)
    return makeFrame({ name: script[1], path: script[2], line: script[3], column: script[4] });
  const java = JAVA_FRAME.exec(line);
  if (java !== null) return javaFrame(java);
  const ruby = RUBY_FRAME.exec(line);
  return ruby === null ? null : makeFrame({ path: ruby[1], line: ruby[2], name: ruby[3] });
}

function javaFrame([, method = "", file, line]: RegExpExecArray): Frame | null {
  const dot = method.lastIndexOf(".");
  if (dot <= 0) return null;
  return makeFrame({ path: file, line, name: method, module: method.slice(0, dot).replace(/\$.*$/, "") });
}

type Parts = Partial<Record<"path" | "module" | "line" | "column" | "name", string | undefined>>;

const makeFrame = ({ path, module, line, column, name }: Parts): Frame => ({
  path: given(path),
  absolutePath: null,
  module: given(module),
  function: given(name),
  line: line === undefined ? null : Number(line),
  column: column === undefined ? null : Number(column),
  inApp: null,
  source: null,
});

/** Sentry writes what it does not know as nothing, `?` or, since it is written in Python, `None`. */
export const given = (text: string | undefined): string | null =>
  text === undefined || ["", "?", "None"].includes(text.trim()) ? null : text;
