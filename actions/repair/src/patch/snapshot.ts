import type { Vault } from "./vault.ts";

/** Index that follows the checkout's files; it keeps what git knows of their times and sizes. */
const INDEX = "snapshot.index";

/** The checkout's files at one moment, as a tree. */
export type Snapshot = {
  readonly tree: string;
  /** Folders that hold a repository of their own: what lies in them is not part of the tree. */
  readonly repositories: readonly string[];
};

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
    `The checkout is not exactly \`base-sha\`: ${named}. Check it out afresh, whole and without LFS files, keep other files outside of it (such as in \`runner.temp\`), and leave installing to \`setup-command\`.`,
  );
}

/**
 * Takes a snapshot of the checkout. Only what the base commit ignores stays out, whatever the work tree says now.
 */
export async function takeSnapshot(vault: Vault): Promise<Snapshot> {
  const { paths, repositories } = await changedFiles(vault);
  const git = vault.gitOn(INDEX);
  if (paths.length > 0)
    await git(
      ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"],
      Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1"),
    );
  const tree = (await git(["write-tree"])).toString("latin1").trim();
  return { tree, repositories };
}

/** Puts the checkout's files back to a tree of an earlier snapshot. */
export async function restoreSnapshot(vault: Vault, { tree }: Snapshot): Promise<void> {
  await takeSnapshot(vault);
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
