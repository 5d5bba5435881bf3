import { isOwnFile, placeFile } from "../place-file.ts";
import type { Frame, TestFailure } from "../test-run.ts";
import { makeFailure } from "./stack.ts";

/** Since Rust 1.73 the message follows on its own line; before, it stood in quotes before the place. */
const PANIC =
  /^thread '.*' (?:\(\d+\) )?panicked at (\S+):(\d+):\d+:\n([\s\S]*?)(?:\n(?:stack backtrace|note):|$(?![\s\S]))/m;
const OLD_PANIC = /^thread '.*' panicked at '([\s\S]*?)', (\S+):(\d+):\d+$/m;
const EXPECTATION = /^assertion (`.*` )?failed|^test did not panic/;
const VALUE = /: ([A-Z]\w*)(?: ?[{(].*)?$/m;

/** What libtest prints of a failed test: the panic, its place and, where it is asked for, the calls. */
export function readRustFailure(text: string, root: string): TestFailure {
  const panic = readPanic(text);
  if (panic === undefined) return readReturned(text);
  const { message, file, line } = panic;
  const calls = readBacktrace(text, root);
  const frames = calls.length > 0 ? calls : [{ file: placeFile(file, root), line: Number(line) }];
  const own = calls.find(({ file: path }) => path !== undefined && isOwnFile(path));
  const byCode = own?.function !== undefined && !/test/i.test(`${own.function} ${own.file}`);
  const kind = EXPECTATION.test(message) && !byCode ? "assertion" : "exception";
  const [, value] = /^called `|: /.test(message) ? (VALUE.exec(message) ?? []) : [];
  return makeFailure(
    { types: ["panic", ...(value === undefined ? [] : [value])], message, frames },
    text,
    kind,
  );
}

function readPanic(text: string) {
  const [, file, line, message] = PANIC.exec(text) ?? [];
  if (file !== undefined) return { file, line, message: message ?? "" };
  const [, words, place, number] = OLD_PANIC.exec(text) ?? [];
  return place === undefined ? undefined : { file: place, line: number, message: words ?? "" };
}

/** A test may return an error, and one that should panic may not. */
function readReturned(text: string): TestFailure {
  const [, error] = /^Error: (.*)$/m.exec(text) ?? [];
  if (error === undefined)
    return makeFailure(
      { types: [], message: text, frames: [] },
      text,
      /did not panic/.test(text) ? "assertion" : "unknown",
    );
  const [, type] = /^([A-Z]\w*)/.exec(error) ?? [];
  return makeFailure(
    { types: type === undefined ? [] : [type], message: error, frames: [] },
    text,
    "exception",
  );
}

function readBacktrace(text: string, root: string): Frame[] {
  const frames: Frame[] = [];
  let called: string | undefined;
  for (const line of text.split("\n").slice(0, 1_000)) {
    const [, name] = /^\s*\d+: (.+)$/.exec(line) ?? [];
    if (name !== undefined) called = name;
    const [, file, number] = /^\s+at (\S+?):(\d+)(?::\d+)?$/.exec(line) ?? [];
    if (file === undefined || called === undefined || /^\/rustc\//.test(file)) continue;
    frames.push({ file: placeFile(file, root), function: called, line: Number(number) });
  }
  return frames;
}
