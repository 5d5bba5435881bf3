import { RAW_DIFF, type RawChange, readRawDiff } from "@patchpilot/git";
import type { Vault } from "./vault.ts";

/** Index that holds the base commit with the agent's changes, and nobody else's. */
const INDEX = "changes.index";

/** A patch and what it touches. */
export type Patch = { readonly bytes: Buffer; readonly paths: readonly string[] };

/** Begins with the base commit. */
export const openAgentChanges = (vault: Vault): Promise<unknown> =>
  vault.gitAside(INDEX)(["read-tree", vault.base]);

export const readTreeChanges = async (vault: Vault, before: string, after: string): Promise<RawChange[]> =>
  readRawDiff(await vault.git(["diff-tree", "-r", ...RAW_DIFF, before, after]));

/** Object of a path that goes away. */
const GONE = "0".repeat(40);

/**
 * Takes over what changed from one tree to another, so that files which setup or tests left behind in between do not
 * count as the agent's work.
 */
export async function addChanges(vault: Vault, before: string, after: string): Promise<void> {
  await enterChanges(vault, INDEX, await readTreeChanges(vault, before, after));
}

/** The tree that comes of the changes between two others upon a third. @returns its name */
export async function replayChanges(
  vault: Vault,
  base: string,
  before: string,
  after: string,
): Promise<string> {
  const git = vault.gitAside("merge.index");
  await git(["read-tree", base]);
  await enterChanges(vault, "merge.index", await readTreeChanges(vault, before, after));
  return (await git(["write-tree"])).toString("latin1").trim();
}

async function enterChanges(vault: Vault, index: string, changes: readonly RawChange[]): Promise<void> {
  if (changes.length === 0) return;
  // What goes away first: a file may stand where a folder was.
  const sorted = changes.toSorted((a, b) => Number(b.after === undefined) - Number(a.after === undefined));
  const lines = sorted.map(
    ({ path, after }) => `${after?.mode ?? "0"} ${after?.oid ?? GONE}\t${path.toString("latin1")}\0`,
  );
  await vault.gitAside(index)(
    ["update-index", "-z", "--replace", "--index-info"],
    Buffer.from(lines.join(""), "latin1"),
  );
}

/** The patch from the base commit to the changes. Its bytes follow from the two trees alone. */
export async function makePatch(vault: Vault): Promise<Patch> {
  const diff = (...options: string[]) =>
    vault.gitAside(INDEX)(["diff", "--cached", "--no-renames", ...options, vault.base]);
  const bytes = await diff("--binary", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color");
  return { bytes, paths: await readChangedPaths(vault) };
}

/** Writes the base commit with the changes as a tree. @returns its name */
export const writeChangesTree = async (vault: Vault): Promise<string> =>
  (await vault.gitAside(INDEX)(["write-tree"])).toString("latin1").trim();

/** Paths of the files that are changed. */
export const readChangedPaths = async (vault: Vault): Promise<string[]> =>
  (await vault.gitAside(INDEX)(["diff", "--cached", "--no-renames", "--name-only", "-z", vault.base]))
    .toString("utf8")
    .split("\0")
    .slice(0, -1);

/** Makes the changes be what they were when `writeChangesTree` named this tree. */
export const resetChanges = (vault: Vault, tree: string): Promise<unknown> =>
  vault.gitAside(INDEX)(["read-tree", tree]);

/** Whether nothing is changed. */
export const isUnchanged = async (vault: Vault): Promise<boolean> =>
  (await vault.call(INDEX, ["diff-index", "--cached", "--quiet", vault.base])).code === 0;
