/** What differs from run to run of the same code, and what it is written as. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/(127\.0\.0\.1|localhost):\d+/g, "http://SIMULATOR"],
  [/\/tmp\/[\w.+-]+/g, "/tmp/FOLDER"],
  [/gh[a-z]_\w+/g, "TOKEN"],
  [/\b\d+(\.\d+)? ?(ms|s|seconds|minutes|MB)\b/g, "SOME $2"],
  [/(\\*"seconds\\*":) ?[\d.]+/g, "$1 0"],
];

/** A line of a record without ids, ports, folders and times of this very run. */
export const normalise = (line: string): string =>
  CHANGING.reduce((text, [pattern, name]) => text.replace(pattern, name), line);
