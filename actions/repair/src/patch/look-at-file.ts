import { closeSync, constants, lstatSync, openSync, readSync, type Stats } from "node:fs";

/** What lies at a path of a work tree, links not followed; undefined: nothing, or a file lies above it. */
export function lookAtFile(workTree: string, path: string): Stats | undefined {
  try {
    return lstatSync(bytePath(workTree, path));
  } catch {
    return undefined;
  }
}

/** What changes where a file is written anew. */
export const describeStamp = (found: Stats | undefined): string =>
  found === undefined ? "gone" : `${found.mode}:${found.size}:${found.mtimeMs}`;

/** Reads the beginning of a plain file; undefined where there is none. A pipe holds nobody up. */
export function readBeginning(workTree: string, path: string, most: number): Buffer | undefined {
  if (!lookAtFile(workTree, path)?.isFile()) return undefined;
  const file = openSync(
    bytePath(workTree, path),
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** Paths are handled with one character a byte. */
export const bytePath = (workTree: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(`${workTree}/`), Buffer.from(path, "latin1")]);
