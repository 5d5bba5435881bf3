import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { TreeEntry } from "../../src/releasing/trees/marketplace.ts";

/** The files and links below a folder, as git would keep them. */
export const readTree = (folder: string): TreeEntry[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => readEntry(folder, join(entry.parentPath, entry.name)));

function readEntry(root: string, file: string): TreeEntry {
  const stats = lstatSync(file);
  const path = relative(root, file).split(sep).join("/");
  if (stats.isSymbolicLink()) return { path, kind: "link", bytes: Buffer.alloc(0) };
  return { path, kind: (stats.mode & 0o111) === 0 ? "file" : "executable", bytes: readFileSync(file) };
}
