import type { Version } from "../text/patched-file.ts";

/** The offsets of a line, from 1: of its first character, and of the one after its last. */
export function lineSpan({ lines }: Version, line: number): [number, number] {
  const from = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return [from, from + (lines[line - 1] ?? "").length];
}

/** A line of a text that has the version's offsets. */
export function lineOf(version: Version, text: string, line: number): string {
  const [from, to] = lineSpan(version, line);
  return text.slice(from, to);
}
