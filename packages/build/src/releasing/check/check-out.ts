import { mkdirSync } from "node:fs";
import { callGit, firstComplaint, type GitPlace, git, isCommitIn } from "@patchpilot/git";
import { splitAddress } from "./read-target.ts";

/** A first clone of everything, on a slow line. */
const PATIENCE = 600_000;

const MAIN = "refs/remotes/source/main";

/**
 * Clones a repository and checks out a commit of its main. GitHub gives commits of forks, too, as if they were the
 * owner's; what is on main is.
 * @param address path or URL of the repository
 * @param folder where to; it is made
 * @param path where git is looked for
 */
export async function checkOut(commit: string, address: string, folder: string, path: string): Promise<void> {
  const { prefix, repository } = splitAddress(address);
  const from = `${prefix}${repository}`;
  const place: GitPlace = { cwd: folder, path, patience: PATIENCE, remote: { prefix } };
  mkdirSync(folder, { recursive: true });
  await git(place, ["init", "--quiet", "--template="]);
  const options = ["--quiet", "--no-tags", "--no-write-fetch-head"];
  const { code, complaint } = await callGit(place, ["fetch", ...options, from, `refs/heads/main:${MAIN}`]);
  if (code !== 0) throw new Error(`main of ${from} cannot be cloned: ${firstComplaint(complaint)}.`);
  if (!(await isCommitIn(place, commit, MAIN)))
    throw new Error(`The commit ${commit} is not on main of ${from}, so nothing of it is run.`);
  await git(place, ["checkout", "--quiet", "--detach", commit]);
}
