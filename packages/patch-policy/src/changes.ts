import { type RawChange, readRawDiff } from "@patchpilot/git";
import type { RuleName } from "./rules.ts";

/** What a patch does to one path. `after` is absent where the path goes away. */
export type PatchChange = Omit<RawChange, "path"> & { readonly path: string };

/**
 * Reads git's raw diff of the index.
 * @throws PatchFault for a path that is not UTF-8
 */
export const readChanges = (output: Buffer): PatchChange[] =>
  readRawDiff(output).map((change) => ({ ...change, path: decode(change.path) }));

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
