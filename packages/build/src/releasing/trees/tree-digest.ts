import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A file of a tree, by its path from the root with `/`, and the SHA-256 of its bytes in hexadecimal. */
export type FileDigest = { readonly path: string; readonly sha256: string };

/** The files below a folder, sorted by path in code units. */
export function digestFiles(folder: string): FileDigest[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(folder, file).split(sep).join("/"),
      sha256: digest(readFileSync(file)),
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Lines as `sha256sum` writes and checks them. */
export const formatSums = (files: readonly FileDigest[]): string =>
  files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");

/**
 * The digest of a release's `dist`, as the trailer `Dist-SHA256` has it:
 * `find dist -type f | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 * @param folder the root of the release
 */
export const digestDist = (folder: string): string => digestListedDist(digestFiles(folder));

/** The same of the files of a release, sorted by path. */
export const digestListedDist = (files: readonly FileDigest[]): string =>
  digest(formatSums(files.filter(({ path }) => path.startsWith("dist/"))));

const digest = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
