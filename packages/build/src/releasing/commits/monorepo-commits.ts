import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askGit, type GitPlace, git } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseSource } from "../release-source.ts";
import { pinPages, writeMonorepo } from "../trees/monorepo-tree.ts";
import type { Pins } from "../trees/references.ts";
import { writeReleaseMessage } from "./release-message.ts";
import { writeCommit } from "./write-commit.ts";

/**
 * Writes the two commits that release the repository that all is developed in, on top of the source commit: the first pins the
 * actions of the repair workflow, the second pins what the pages show, the repair workflow of the first among it.
 * @returns the second commit's SHA
 */
export async function writeMonorepoCommits(
  place: GitPlace,
  source: ReleaseSource,
  pins: Pins,
): Promise<string> {
  const workTree = mkdtempSync(join(tmpdir(), "release-monorepo-"));
  const at = { ...place, workTree };
  try {
    await git(at, ["read-tree", source.commit]);
    await git(at, ["checkout-index", "--all", "--force", "-u"]);
    writeMonorepo(source, pins, workTree);
    const workflow = await commitFolder(at, source, source.commit);
    pinPages(source, pins, { sha: workflow, version: source.version }, workTree);
    return await commitFolder(at, source, workflow);
  } finally {
    rmSync(workTree, { recursive: true });
  }
}

async function commitFolder(at: GitPlace, source: ReleaseSource, parent: string): Promise<string> {
  const { owner, commit, version, time } = source;
  await git(at, ["add", "--update", "."]);
  const tree = await askGit(at, ["write-tree"]);
  const message = writeReleaseMessage({
    repository: REPOSITORY_NAME,
    version,
    source: { repository: `${owner}/${REPOSITORY_NAME}`, commit },
  });
  return writeCommit(at, { tree, parent, time, message });
}
