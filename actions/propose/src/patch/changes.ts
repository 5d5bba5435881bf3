import type { RuleName } from "./rules.ts";

/** A file as a tree names it: mode as six octal digits, blob as SHA-1. */
export type TreeFile = { readonly mode: string; readonly oid: string };

/** What a patch does to one path. `after` is absent where the path goes away. */
export type PatchChange = {
  readonly path: string;
  readonly before?: TreeFile;
  readonly after?: TreeFile;
};

const ABSENT = "000000";

/**
 * Reads `git diff --raw -z`: `:<mode> <mode> <oid> <oid> <letter>` and the path, each ended by a NUL.
 * @throws Error for anything else, such as a rename, which has two paths.
 */
export function readRawDiff(output: Buffer): PatchChange[] {
  const fields = decode(output).split("\0").slice(0, -1);
  const changes: PatchChange[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const match = /^:(\d{6}) (\d{6}) ([0-9a-f]{40}) ([0-9a-f]{40}) [ADMT]$/.exec(fields[at] ?? "");
    const path = fields[at + 1];
    if (match === null || path === undefined) throw new Error(`git described a change as "${fields[at]}".`);
    const [, modeBefore = "", modeAfter = "", oidBefore = "", oidAfter = ""] = match;
    changes.push({
      path,
      ...(modeBefore === ABSENT ? {} : { before: { mode: modeBefore, oid: oidBefore } }),
      ...(modeAfter === ABSENT ? {} : { after: { mode: modeAfter, oid: oidAfter } }),
    });
  }
  return changes;
}

/** Reads the paths of `git apply --numstat -z`: two counts and the path between tabs, ended by a NUL. */
export function readNumstat(output: Buffer): string[] {
  const lines = decode(output).split("\0").slice(0, -1);
  return [...new Set(lines.map((line) => line.slice(line.indexOf("\t", line.indexOf("\t") + 1) + 1)))];
}

/** GitHub takes paths as text, so that a path of other bytes cannot be passed on as it is. */
function decode(output: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(output);
  } catch (cause) {
    throw new PatchFault("path-hidden", "The patch names a path that is not UTF-8; rename that file.", {
      cause,
    });
  }
}

/** A patch that cannot be taken, told as a sentence, with the rule that says so. */
export class PatchFault extends Error {
  override readonly name = "PatchFault";
  readonly rule: RuleName;

  constructor(rule: RuleName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.rule = rule;
  }
}
