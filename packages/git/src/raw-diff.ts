/** A file as a tree names it: mode as six octal digits, blob as SHA-1. */
export type TreeFile = { readonly mode: string; readonly oid: string };

/** What changed at one path. `before` is absent if the path is new, `after` if it is gone. */
export type RawChange = {
  /** The bytes of the path, which need not be UTF-8. */
  readonly path: Buffer;
  readonly before?: TreeFile;
  readonly after?: TreeFile;
};

const ABSENT = "000000";

/** Modes of a file and of a program; what has another is a link, a folder or a submodule. */
export const PLAIN_MODES: readonly string[] = ["100644", "100755"];

/** Options of `git diff`, `diff-tree` and `diff-index` for output that `readRawDiff` reads. */
export const RAW_DIFF: readonly string[] = ["--raw", "-z", "--no-abbrev", "--no-renames"];

/**
 * Reads a diff with the options `RAW_DIFF`: `:<mode> <mode> <oid> <oid> <letter>` and the path, each ended by a NUL.
 * @throws Error for anything else, such as a rename, which has two paths.
 */
export function readRawDiff(output: Buffer): RawChange[] {
  const fields = splitAtNul(output);
  const changes: RawChange[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const facts = fields[at]?.toString("latin1") ?? "";
    const match = /^:(\d{6}) (\d{6}) ([0-9a-f]{40}) ([0-9a-f]{40}) [ADMT]$/.exec(facts);
    const path = fields[at + 1];
    if (match === null || path === undefined) throw new Error(`git described a change as "${facts}".`);
    const [, modeBefore = "", modeAfter = "", oidBefore = "", oidAfter = ""] = match;
    changes.push({
      path,
      ...(modeBefore === ABSENT ? {} : { before: { mode: modeBefore, oid: oidBefore } }),
      ...(modeAfter === ABSENT ? {} : { after: { mode: modeAfter, oid: oidAfter } }),
    });
  }
  return changes;
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0, from);
    if (end < 0) throw new Error("git's list of changes does not end with a NUL.");
    fields.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return fields;
}
