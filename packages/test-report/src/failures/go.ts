import { placeFile } from "../place-file.ts";
import type { Frame } from "../test-run.ts";
import { makeFailure } from "./stack.ts";

const PANIC = /^(?:panic|fatal error): (.*)$/m;
const PLACE = /^\s*([\w./-]+\.go):(\d+)(?:: (.*)| \+0x[0-9a-f]+)?$/;

/** Types of what the runtime panics with, by its words; Go prints no type of an error. */
const PANICS: readonly (readonly [RegExp, string])[] = [
  [/^runtime error: (index out of range|slice bounds out of range)/, "runtime.boundsError"],
  [/^runtime error: /, "runtime.errorString"],
  [/^interface conversion: /, "*runtime.TypeAssertionError"],
  [/^assignment to entry in nil map/, "runtime.plainError"],
];

/** What a failed Go test printed. `t.Error` is an expectation, a panic an exception. */
export function readGoFailure(text: string, root: string) {
  const [, panic] = PANIC.exec(text) ?? [];
  if (panic === undefined) {
    const places = text.split("\n").flatMap((line) => readPlace(line, root) ?? []);
    const message = places.find(({ said }) => said !== undefined)?.said ?? "";
    return makeFailure({ types: [], message, frames: places.map(({ frame }) => frame) }, text, "assertion");
  }
  const message = panic.replace(/ \[recovered.*$/, "");
  if (/^test timed out after/.test(message))
    return makeFailure({ types: [], message, frames: [] }, text, "timeout");
  const type = PANICS.find(([words]) => words.test(message))?.[1];
  return makeFailure(
    { types: [type ?? "panic"], message, frames: readGoroutine(text, root) },
    text,
    "exception",
  );
}

function readPlace(line: string, root: string) {
  const [, file, number, said] = PLACE.exec(line.slice(0, 1_000)) ?? [];
  if (file === undefined) return undefined;
  return { frame: { file: placeFile(file, root), line: Number(number) } satisfies Frame, said };
}

/** The frames of the goroutine that panicked: a line with the function, and one with its place. */
function readGoroutine(text: string, root: string): Frame[] {
  const trace =
    text
      .slice(Math.max(0, text.indexOf("\ngoroutine ")))
      .trimStart()
      .split("\n\n")[0] ?? "";
  const lines = trace.split("\n").slice(1, 400);
  const frames: Frame[] = [];
  for (const [index, line] of lines.entries()) {
    const place = line.startsWith("\t") ? readPlace(line.trim(), root) : undefined;
    const called = lines[index - 1]?.replace(/\([^()]*\)$/, "");
    if (place !== undefined && called !== undefined && !called.startsWith("created by"))
      frames.push({ file: place.frame.file, function: called, line: place.frame.line });
  }
  const panicked = frames.findLastIndex(
    ({ function: called }) => called === "panic" || /^runtime\./.test(called ?? ""),
  );
  return frames.slice(panicked + 1);
}
