import { listIgnored } from "./ignored-files.ts";
import type { LeftOut, LeftOuts } from "./left-out.ts";
import { type Sorted, sortFiles } from "./sort-files.ts";
import { type CallGit, foldersAbove, type Vault } from "./vault.ts";

/** Index that follows the checkout's files; it keeps what git knows of their times and sizes. */
export const SNAPSHOT_INDEX = "snapshot.index";

/** The checkout's files at one moment, as a tree. */
export type Snapshot = {
  readonly tree: string;
  /** What is no part of the tree. */
  readonly leftOut: LeftOuts;
};

/** MiB of a file that no patch could carry, and that would fill the disk a second time. */
export const MOST_SIZE = 20;

/** MiB of a file that is still taken where the disk is full. */
export const SCARCE_SIZE = 0.25;

/**
 * Takes a snapshot of the checkout: what the base commit does not ignore, whatever the work tree says now, and what
 * `sortFiles` keeps.
 * @param mostSize MiB of the largest file that is taken
 */
export async function takeSnapshot(vault: Vault, mostSize = MOST_SIZE): Promise<Snapshot> {
  const sorted = await followFiles(vault, mostSize);
  const ignored = await listIgnored(vault, SNAPSHOT_INDEX);
  const tree = await writeTree(vault.gitOn(SNAPSHOT_INDEX));
  return { tree, leftOut: joinLeftOut(ignored, sorted.leftOut) };
}

/** Has the index say what the checkout's files are now. */
async function followFiles(vault: Vault, mostSize: number): Promise<Sorted> {
  const git = vault.gitOn(SNAPSHOT_INDEX);
  const paths = await listDiffering(vault, git);
  const sorted = await sortFiles(vault, { workTree: vault.workTree, paths }, mostSize);
  await enterFiles(git, sorted);
  return sorted;
}

/** What a tool's folder or a repository holds is of that, also where the base commit ignores it. */
function joinLeftOut(ignored: LeftOuts, sorted: LeftOuts): LeftOuts {
  const places = new Set([...sorted.values()].flatMap(({ kind, named }) => (kind === "tool" ? [named] : [])));
  const outside = [...ignored].filter(([path]) => !foldersAbove(path).some((each) => sorted.has(`${each}/`)));
  const placed = outside.map(([path, each]): [string, LeftOut] => {
    const named = foldersAbove(path).find((folder) => places.has(folder));
    return [path, named === undefined ? each : { kind: "tool", named, stamp: "" }];
  });
  return new Map([...placed, ...sorted]);
}

/** Takes the files of another folder, such as a work tree that the agent made, as a tree upon the base commit. */
export async function takeTreeOf(vault: Vault, folder: string): Promise<string> {
  const git = vault.gitOn("side.index", folder);
  await git(["read-tree", vault.base]);
  const paths = await listDiffering(vault, git);
  await enterFiles(git, await sortFiles(vault, { workTree: folder, paths }, MOST_SIZE));
  return writeTree(git);
}

/** Puts the checkout's files back to a tree of an earlier snapshot. */
export async function restoreSnapshot(vault: Vault, tree: string): Promise<void> {
  await followFiles(vault, MOST_SIZE);
  await resetFiles(vault, tree);
}

/** Puts the files of a tree in place, and leaves what the last snapshot does not know. */
export async function resetFiles(vault: Vault, tree: string): Promise<void> {
  await vault.gitOn(SNAPSHOT_INDEX)(["read-tree", "--reset", "-u", tree]);
}

/** Adds files to the snapshot that the base commit ignores. @returns the tree with them */
export async function addToSnapshot(vault: Vault, paths: readonly string[]): Promise<string> {
  const git = vault.gitOn(SNAPSHOT_INDEX);
  await enterFiles(git, { kept: paths, gone: [] });
  return writeTree(git);
}

/** Removals go first: a file may be where a folder was, and the reverse. */
async function enterFiles(git: CallGit, { kept, gone }: Pick<Sorted, "kept" | "gone">): Promise<void> {
  const enter = async (paths: readonly string[], ...options: string[]) => {
    if (paths.length === 0) return;
    const input = Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
    await git(["update-index", "-z", ...options, "--stdin"], input);
  };
  await enter(gone, "--force-remove");
  await enter(kept, "--add", "--remove", "--replace");
}

const writeTree = async (git: CallGit): Promise<string> =>
  (await git(["write-tree"])).toString("latin1").trim();

/**
 * Paths that differ from an index, and those that it follows only from afar, for they are in the checkout as a filter
 * made them.
 */
export async function listDiffering(vault: Vault, git: CallGit): Promise<string[]> {
  const exclude = `--exclude-from=${vault.ignoreFile}`;
  const listed = await git(["ls-files", "-z", "--modified", "--deleted", "--others", exclude]);
  const paths = listed.toString("latin1").split("\0").slice(0, -1);
  return [...new Set([...paths, ...(await listHeld(vault, git))])];
}

/** Marked with `--skip-worktree` when the snapshots were opened. */
async function listHeld(vault: Vault, git: CallGit): Promise<string[]> {
  if (!vault.hasFilters) return [];
  const listed = (await git(["ls-files", "-z", "-t"])).toString("latin1").split("\0");
  return listed.flatMap((line) => (line.startsWith("S ") ? [line.slice(2)] : []));
}
