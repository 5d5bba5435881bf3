import { readBeginning } from "./look-at-file.ts";
import { foldersAbove, type Vault } from "./vault.ts";

/**
 * Whether a folder is a work tree of a repository that this machine may know nothing of: the agent's own git folder, to
 * which its `.git` points, is shown to the agent alone.
 */
export const isPointer = (workTree: string, folder: string): boolean =>
  readBeginning(workTree, `${folder}/.git`, 8)?.toString("latin1") === "gitdir: ";

/** Names new folders with a repository of their own in the place of their files, as git does where it finds that repository. */
export function foldRepositories(
  { folders }: Pick<Vault, "folders">,
  workTree: string,
  paths: readonly string[],
): string[] {
  const known = new Map<string, boolean>();
  const look = (folder: string): boolean => {
    const found = known.get(folder) ?? (!folders.has(folder) && isPointer(workTree, folder));
    known.set(folder, found);
    return found;
  };
  const named = paths.map((path) => {
    const folder = foldersAbove(path.replace(/\/$/, "")).findLast(look);
    return folder === undefined ? path : `${folder}/`;
  });
  return [...new Set(named)];
}
