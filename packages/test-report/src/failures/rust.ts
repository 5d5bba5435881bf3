import { isOwnFile, placeFile } from "../place-file.ts";
import type { StackFrame, TestFailure } from "../test-run.ts";
import { makeFailure } from "./stack.ts";

/** Since Rust 1.73 the message follows on its own line; before, it was in quotes before the place. */
const PANIC =
  /^thread '.*' (?:\(\d+\) )?panicked at (\S+):(\d+):\d+:\n([\s\S]*?)(?:\n(?:stack backtrace|note):|$(?![\s\S]))/m;
const OLD_PANIC = /^thread '.*' panicked at '([\s\S]*?)', (\S+):(\d+):\d+$/m;
const EXPECTATION = /^assertion (`.*` )?failed|^test did not panic/;
const VALUE = /: ([A-Z]\w*)(?: ?[{(].*)?$/m;

/** What a thread says that waited for another one, which panicked before. */
const WAITED = /`Err` value: Any \{|^a scoped thread panicked/m;

/**
 * What libtest prints of a failed test: the panic, its place and, where it is asked for, the calls.
 * @param name the test's, by which libtest calls its thread; without it the first panic counts
 */
export function readRustFailure(text: string, root: string, name?: string): TestFailure {
  const said = pickPanic(text, name);
  const panic = readPanic(said);
  if (panic === undefined) return readReturned(text);
  const { message, file, line } = panic;
  const calls = readBacktrace(said, root);
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

/**
 * The panic that failed a test, of all that were printed: the last one of its own thread, since it may catch those
 * before, or another thread's if it only waited for that one.
 */
function pickPanic(text: string, name: string | undefined): string {
  const panics = text.split(/^(?=thread '.*' (?:\(\d+\) )?panicked at )/m).filter((one) => HEAD.test(one));
  const own = panics.findLast((one) => HEAD.exec(one)?.[1] === name);
  const others = panics.filter((one) => HEAD.exec(one)?.[1] !== name);
  return (own === undefined || WAITED.test(own) ? (others[0] ?? own) : own) ?? text;
}

const HEAD = /^thread '(.*?)' (?:\(\d+\) )?panicked at /;

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

function readBacktrace(text: string, root: string): StackFrame[] {
  const frames: StackFrame[] = [];
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
