import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { testGit } from "@patchpilot/git/testing";

/**
 * Commits a folder as it is to `main` of a bare repository, which is made if there is none.
 * @returns the commit
 */
export function commitTree(gitDir: string, tree: string, message: string): string {
  if (!existsSync(gitDir))
    testGit(dirname(gitDir))(["init", "--quiet", "--bare", "--initial-branch=main", gitDir]);
  const git = testGit(tree, { GIT_DIR: gitDir, GIT_WORK_TREE: tree });
  git(["add", "--all", "--force"]);
  git(["commit", "--quiet", "--message", message]);
  return git(["rev-parse", "HEAD"]).toString().trim();
}
