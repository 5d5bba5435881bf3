import type { Version } from "../text/patched-file.ts";

/** Where lines begin, found once for each version: a rule may ask for thousands of them. */
const STARTS = new WeakMap<Version, readonly number[]>();

function readStarts(version: Version): readonly number[] {
  let starts = STARTS.get(version);
  if (starts === undefined) {
    starts = [0, ...Array.from(version.raw.matchAll(/\n/g), ({ index }) => index + 1)];
    STARTS.set(version, starts);
  }
  return starts;
}

/** The offsets of a line, from 1: of its first character, and of the one after its last. */
export function lineSpan(version: Version, line: number): [number, number] {
  const from = readStarts(version)[line - 1] ?? version.raw.length;
  return [from, from + (version.lines[line - 1] ?? "").length];
}

/** A line of a text that has the version's offsets. */
export function readLine(version: Version, text: string, line: number): string {
  const [from, to] = lineSpan(version, line);
  return text.slice(from, to);
}
