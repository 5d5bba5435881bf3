import type { GitStore } from "./git-store.ts";
import { isTree, type TreeObjectEntry } from "./objects.ts";

/** A file (or link, or submodule) of a tree by its path from the root. */
export type FileEntry = { readonly path: string; readonly mode: string; readonly oid: string };

/** What becomes of one path: other content, or none. */
export type FileChange = { readonly path: string; readonly mode: string; readonly oid: string | null };

/** Every file below a tree, by path. */
export function listTreeFiles(git: GitStore, tree: string, prefix = ""): FileEntry[] {
  return (git.tree(tree) ?? []).flatMap((entry) =>
    isTree(entry)
      ? listTreeFiles(git, entry.oid, `${prefix}${entry.name}/`)
      : [{ path: `${prefix}${entry.name}`, mode: entry.mode, oid: entry.oid }],
  );
}

/** The entry at a path; the root is the tree itself. */
export function findEntry(
  git: GitStore,
  tree: string,
  path: string,
): Omit<TreeObjectEntry, "name"> | undefined {
  let at: Omit<TreeObjectEntry, "name"> | undefined = { mode: "40000", oid: tree };
  for (const name of path.split("/").filter((part) => part !== "")) {
    at = at === undefined ? undefined : git.tree(at.oid)?.find((entry) => entry.name === name);
  }
  return at;
}

/** Writes the tree that results from changing some paths of another one; folders that become empty go. */
export function changeTree(git: GitStore, base: string | undefined, changes: readonly FileChange[]): string {
  const entries = new Map(
    (base === undefined ? [] : (git.tree(base) ?? [])).map((entry) => [entry.name, entry]),
  );
  const deeper = new Map<string, FileChange[]>();
  for (const change of changes) {
    const [name, ...rest] = change.path.split("/") as [string, ...string[]];
    if (rest.length > 0) {
      deeper.set(name, [...(deeper.get(name) ?? []), { ...change, path: rest.join("/") }]);
    } else if (change.oid === null) entries.delete(name);
    else entries.set(name, { name, mode: change.mode, oid: change.oid });
  }
  for (const [name, inside] of deeper) {
    const folder = entries.get(name);
    const oid = changeTree(git, folder !== undefined && isTree(folder) ? folder.oid : undefined, inside);
    if ((git.tree(oid) ?? []).length === 0) entries.delete(name);
    else entries.set(name, { name, mode: "40000", oid });
  }
  return git.writeTree([...entries.values()]);
}

/** Writes a tree of text or binary files by path. */
export function writeFiles(
  git: GitStore,
  files: Readonly<Record<string, string | Buffer>>,
  base?: string,
): string {
  const changes = Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    oid: git.writeBlob(content),
  }));
  return changeTree(git, base, changes);
}
