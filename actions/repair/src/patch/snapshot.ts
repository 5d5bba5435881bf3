import { lstat } from "node:fs/promises";
import type { Vault } from "./vault.ts";

/** Index that follows the checkout's files; it keeps what git knows of their times and sizes. */
const INDEX = "snapshot.index";

/** The checkout's files at one moment, as a tree. */
export type Snapshot = {
  readonly tree: string;
  /** What is no part of the tree, each with the reason. */
  readonly leftOut: readonly string[];
};

const MEBIBYTE = 1024 * 1024;

/** MiB of a file that no patch could carry, and that would fill the disk a second time. */
const MOST_SIZE = 20;

/** MiB of a file that is still taken where the disk is full. */
export const SCARCE_SIZE = 0.25;

/** Files that no patch could carry. */
const MOST_FILES = 20_000;

/**
 * Reads the base commit into the index and holds the files against it.
 * @throws Error naming what differs: whatever is there already would count as the agent's work.
 */
export async function openSnapshots(vault: Vault): Promise<void> {
  await vault.gitOn(INDEX)(["read-tree", vault.base]);
  await vault.call(INDEX, ["update-index", "-q", "--refresh"]);
  const { paths, repositories } = await changedFiles(vault);
  const different = [...paths, ...repositories];
  if (different.length === 0) return;
  const named =
    different.slice(0, 5).join(", ") + (different.length > 5 ? ` and ${different.length - 5} more` : "");
  throw new Error(
    `The checkout is not exactly the commit that is checked out: ${named}. Check it out afresh, whole and without LFS files, keep other files outside of it (such as in \`runner.temp\`), and leave installing to \`setup-command\`.`,
  );
}

/**
 * Takes a snapshot of the checkout. Only what the base commit ignores stays out, whatever the work tree says now, and
 * what is too large for any patch.
 * @param mostSize MiB of the largest file that is taken
 */
export async function takeSnapshot(vault: Vault, mostSize = MOST_SIZE): Promise<Snapshot> {
  const { paths, repositories } = await changedFiles(vault);
  if (paths.length > MOST_FILES)
    throw new Error(
      `${paths.length} files differ from the last look at the checkout; no patch can hold so many.`,
    );
  const sized = await Promise.all(
    paths.map(async (path) => ({ path, large: await isLarge(vault, path, mostSize) })),
  );
  const kept = sized.filter(({ large }) => !large).map(({ path }) => `${path}\0`);
  const git = vault.gitOn(INDEX);
  if (kept.length > 0)
    await git(
      ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"],
      Buffer.from(kept.join(""), "latin1"),
    );
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  const large = sized.filter((each) => each.large).map(({ path }) => path);
  return {
    tree,
    leftOut: [
      ...repositories.map(
        (path) => `${toUtf8(path)} holds a git repository of its own and is no part of the patch.`,
      ),
      ...large.map((path) => `${toUtf8(path)} is larger than ${mostSize} MiB and is no part of the patch.`),
    ],
  };
}

async function isLarge(vault: Vault, path: string, most: number): Promise<boolean> {
  const full = Buffer.concat([Buffer.from(`${vault.workTree}/`), Buffer.from(path, "latin1")]);
  const found = await lstat(full).catch(() => undefined);
  return found?.isFile() === true && found.size > most * MEBIBYTE;
}

/** Names are handled byte by byte, one character each; people read UTF-8. */
const toUtf8 = (path: string): string => Buffer.from(path, "latin1").toString("utf8");

/** Puts the checkout's files back to a tree of an earlier snapshot. */
export async function restoreSnapshot(vault: Vault, tree: string): Promise<void> {
  await takeSnapshot(vault);
  await resetFiles(vault, tree);
}

/** Puts the files of a tree in place, and leaves what the last snapshot does not know. */
export async function resetFiles(vault: Vault, tree: string): Promise<void> {
  await vault.gitOn(INDEX)(["read-tree", "--reset", "-u", tree]);
}

async function changedFiles(vault: Vault): Promise<{ paths: string[]; repositories: string[] }> {
  const args = [
    "ls-files",
    "-z",
    "--modified",
    "--deleted",
    "--others",
    `--exclude-from=${vault.ignoreFile}`,
  ];
  const listed = (await vault.gitOn(INDEX)(args)).toString("latin1");
  const names = [...new Set(listed.split("\0"))].filter((name) => name !== "");
  return {
    paths: names.filter((name) => !name.endsWith("/")),
    repositories: names.filter((name) => name.endsWith("/")),
  };
}
