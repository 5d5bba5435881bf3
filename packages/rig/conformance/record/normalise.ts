/** What differs from run to run of the same code, and what it is written as. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b(127\.0\.0\.1|localhost):\d+/g, "SIMULATOR"],
  [/\/tmp\/[\w.+-]+/g, "/tmp/FOLDER"],
  [/gh[a-z]_\w+/g, "TOKEN"],
  [/\b\d+(\.\d+)? ?(ms|s|seconds|minutes|MB)\b/g, "SOME $2"],
  [/(\\*"seconds\\*":) ?[\d.]+/g, "$1 0"],
];

/** Hashes of texts that hold a port of this run, and what is signed with them. */
const HASHED: readonly (readonly [RegExp, string])[] = [
  [/\bmac=[0-9a-f]{32}/g, "mac=MAC"],
  [/("bodyHash":")[0-9a-f]{64}/g, "$1HASH"],
];

const replaceAll = (line: string, patterns: readonly (readonly [RegExp, string])[]): string =>
  patterns.reduce((text, [pattern, name]) => text.replace(pattern, name), line);

/** Records are stored in base64: a reader of differences wants to see what they say. */
const spellOutData = (line: string): string =>
  line.replace(/\bdata=([\w+/=]+)/g, (_, data: string) => `data=${Buffer.from(data, "base64").toString()}`);

/** A line of a record without ids, ports, folders and times of this very run. */
export const normalise = (line: string): string =>
  replaceAll(replaceAll(spellOutData(line), CHANGING), HASHED);
