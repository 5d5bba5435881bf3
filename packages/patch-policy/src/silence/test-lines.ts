import type { Version } from "../text/patched-file.ts";

/** The first line of tests that stand in the file that they test, as Rust's do; 1 in a file of tests. */
export function inlineTestsFrom(version: Version): number {
  if (version.kind === "test") return 1;
  if (version.language.name !== "rust") return Number.POSITIVE_INFINITY;
  const at = version.code.search(/^[ \t]*#\[cfg\(test\)\]/m);
  return at < 0 ? Number.POSITIVE_INFINITY : version.lineOf(at);
}

/** Whether a line, from 1, belongs to a test. */
export const isTestLine = (version: Version, line: number): boolean => line >= inlineTestsFrom(version);
