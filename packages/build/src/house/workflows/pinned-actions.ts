import { REPOSITORY_NAME } from "@patchpilot/owner";
import { OWNER_ON_MAIN } from "../../releasing/trees/references.ts";

const OURS = new RegExp(
  `^${OWNER_ON_MAIN}/(?:[\\w-]+|${REPOSITORY_NAME}/\\.github/workflows/[\\w-]+\\.yml)@v\\d+$`,
);
const LOCAL = /^\.\//;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/;

/**
 * The `uses:` lines of a workflow that name neither a commit with its version in a comment, nor an action or
 * workflow of ours by major version, nor one of this repository.
 */
export function findUnpinned(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses:\s*(.+?)\s*$/gm)]
    .map(([, reference = ""]) => reference)
    .filter((reference) => ![OURS, LOCAL, PINNED].some((pattern) => pattern.test(reference)));
}
