import { structuredPatch } from "diff";
import type { GitStore } from "./git-store.ts";
import { type FileEntry, listTreeFiles } from "./trees.ts";

/** One file that differs between two commits. Renames show as a removal and an addition. */
export type FileDifference = {
  readonly path: string;
  readonly status: "added" | "removed" | "modified";
  /** The blob after the change; before it, where the file was removed. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks; undefined for binary files and for a change of mode alone. */
  readonly patch: string | undefined;
};

/** The files that differ between two commits' trees, by path. An absent base is the empty tree. */
export function compareTrees(git: GitStore, base: string | undefined, head: string): FileDifference[] {
  const before = readFiles(git, base);
  const after = readFiles(git, head);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, next] = [before.get(path), after.get(path)];
    if (old?.oid === next?.oid && old?.mode === next?.mode) return [];
    return [difference(git, path, old, next)];
  });
}

function readFiles(git: GitStore, oid: string | undefined): Map<string, FileEntry> {
  const commit = oid === undefined ? undefined : git.commit(oid);
  const files = commit === undefined ? [] : listTreeFiles(git, commit.tree);
  return new Map(files.map((file) => [file.path, file]));
}

function difference(
  git: GitStore,
  path: string,
  old: FileEntry | undefined,
  next: FileEntry | undefined,
): FileDifference {
  const status = old === undefined ? "added" : next === undefined ? "removed" : "modified";
  const lines = changedLines(readContent(git, old), readContent(git, next));
  return { path, status, oid: (next ?? old)?.oid ?? "", ...lines };
}

function readContent(git: GitStore, file: FileEntry | undefined): Buffer {
  return file === undefined ? Buffer.alloc(0) : (git.blob(file.oid) ?? Buffer.alloc(0));
}

function changedLines(old: Buffer, next: Buffer): Pick<FileDifference, "additions" | "deletions" | "patch"> {
  if (old.includes(0) || next.includes(0) || old.equals(next)) {
    return { additions: 0, deletions: 0, patch: undefined };
  }
  const { hunks } = structuredPatch("", "", old.toString(), next.toString(), "", "", { context: 3 });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const patch = hunks.map(
    (hunk) =>
      `@@ -${span(hunk.oldStart, hunk.oldLines)} +${span(hunk.newStart, hunk.newLines)} @@\n${hunk.lines.join("\n")}`,
  );
  return {
    additions: lines.filter((line) => line.startsWith("+")).length,
    deletions: lines.filter((line) => line.startsWith("-")).length,
    patch: patch.join("\n"),
  };
}

/** Git leaves out a count of one, and puts an empty span before the first line. */
function span(start: number, lines: number): string {
  if (lines === 0) return `${start - 1},0`;
  return lines === 1 ? String(start) : `${start},${lines}`;
}
