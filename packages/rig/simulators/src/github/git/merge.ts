import { applyPatch, structuredPatch } from "diff";
import type { GitStore } from "./git-store.ts";
import { isAncestor, mergeBase } from "./history.ts";
import { changeTree, type FileChange, type FileEntry, listTreeFiles } from "./trees.ts";

/** Whether `head` can be merged into `base` without a conflict. */
export function isMergeable(git: GitStore, base: string, head: string): boolean {
  return mergeTrees(git, base, head) !== undefined;
}

/**
 * The tree of a three-way merge of two commits, or undefined where both sides changed the same lines.
 * A file that both sides changed is merged by applying one side's hunks, in place, to the other.
 */
export function mergeTrees(git: GitStore, base: string, head: string): string | undefined {
  const [ours, theirs] = [git.commit(base), git.commit(head)];
  if (ours === undefined || theirs === undefined) return undefined;
  if (isAncestor(git, base, head)) return theirs.tree;
  const ancestor = mergeBase(git, base, head);
  const common = filesByPath(git, ancestor === undefined ? undefined : git.commit(ancestor)?.tree);
  const [mine, other] = [filesByPath(git, ours.tree), filesByPath(git, theirs.tree)];
  const changes: FileChange[] = [];
  for (const path of new Set([...common.keys(), ...other.keys()])) {
    const change = mergeFile(git, path, common.get(path), mine.get(path), other.get(path));
    if (change === "conflict") return undefined;
    if (change !== "unchanged") changes.push(change);
  }
  return changeTree(git, ours.tree, changes);
}

function mergeFile(
  git: GitStore,
  path: string,
  common: FileEntry | undefined,
  mine: FileEntry | undefined,
  other: FileEntry | undefined,
): FileChange | "unchanged" | "conflict" {
  if (isSame(common, other) || isSame(mine, other)) return "unchanged";
  if (isSame(common, mine)) return { path, mode: other?.mode ?? "100644", oid: other?.oid ?? null };
  if (common === undefined || mine === undefined || other === undefined) return "conflict";
  const [before, ours, theirs] = [common, mine, other].map((file) => git.blob(file.oid)?.toString() ?? "");
  const hunks = structuredPatch("", "", before ?? "", theirs ?? "");
  const merged = applyPatch(ours ?? "", hunks);
  return merged === false ? "conflict" : { path, mode: mine.mode, oid: git.writeBlob(merged) };
}

function isSame(left: FileEntry | undefined, right: FileEntry | undefined): boolean {
  return left?.oid === right?.oid && left?.mode === right?.mode;
}

function filesByPath(git: GitStore, tree: string | undefined): Map<string, FileEntry> {
  return new Map((tree === undefined ? [] : listTreeFiles(git, tree)).map((file) => [file.path, file]));
}
