import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askGit, type GitPlace, git } from "@patchpilot/git";
import { readReleaseMessage } from "../commits/release-message.ts";
import { digestDist } from "../trees/tree-digest.ts";
import type { Tagged } from "./facts.ts";

/** A commit as git stores it. */
type Commit = { readonly parents: readonly string[]; readonly time: string; readonly text: string };

/**
 * Reads what a tag names that was there before.
 * @param candidate the commit that this build makes, to compare with; absent for the monorepo, whose files all may change
 */
export async function readTagged(place: GitPlace, sha: string, candidate?: string): Promise<Tagged> {
  const commit = await parseCommit(place, sha);
  if (commit === undefined) return { sha, plain: false, time: "", intact: false, differing: [] };
  const message = readReleaseMessage(commit.text);
  return {
    sha,
    plain: true,
    ...(message === undefined ? {} : { message }),
    time: commit.time,
    intact: candidate === undefined || (await digestCommit(place, sha)) === message?.dist,
    differing: candidate === undefined ? [] : await compare(place, sha, candidate),
  };
}

/** Undefined for what is no commit, such as an annotated tag. */
export async function parseCommit(place: GitPlace, sha: string): Promise<Commit | undefined> {
  if ((await askGit(place, ["cat-file", "-t", sha])) !== "commit") return undefined;
  const raw = (await git(place, ["cat-file", "commit", sha])).toString("utf8");
  const end = raw.indexOf("\n\n");
  const head = raw.slice(0, end).split("\n");
  const seconds = Number(head.map((line) => /^committer .*> (\d+) /.exec(line)?.[1]).find(Boolean));
  return {
    parents: head.flatMap((line) => /^parent (\w+)$/.exec(line)?.[1] ?? []),
    time: new Date(seconds * 1000).toISOString(),
    text: raw.slice(end + 2),
  };
}

async function digestCommit(place: GitPlace, sha: string): Promise<string> {
  const workTree = mkdtempSync(join(tmpdir(), "release-tagged-"));
  try {
    const at = { ...place, workTree };
    await git(at, ["read-tree", sha]);
    await git(at, ["checkout-index", "--all", "--force"]);
    return digestDist(workTree);
  } finally {
    rmSync(workTree, { recursive: true });
  }
}

/** Pages that name versions of the monorepo and of other actions, so that each release changes them. */
const DATED: readonly string[] = ["README.md", "SECURITY.md"];

/** Other files that differ. */
async function compare(place: GitPlace, sha: string, candidate: string): Promise<string[]> {
  const names = await git(place, ["diff-tree", "-r", "-z", "--name-only", "--no-renames", sha, candidate]);
  return names
    .toString("utf8")
    .split("\0")
    .filter((name) => name !== "" && !DATED.includes(name));
}
