import { askGit, callGit, type GitPlace } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { writeMonorepoCommits } from "../commits/monorepo-commits.ts";
import { readReleaseMessage } from "../commits/release-message.ts";
import { parseCommit } from "../publish/read-tagged.ts";
import type { MonorepoRelease } from "./ports.ts";
import * as words from "./words.ts";

/**
 * Reads a release of the monorepo.
 * @param place a git folder that holds it, and what it is made from
 * @returns what it is made from and pins, or why it is no release, as a sentence
 */
export async function readMonorepoRelease(
  place: GitPlace,
  owner: string,
  version: string,
  sha: string,
): Promise<MonorepoRelease | string> {
  const message = readReleaseMessage((await parseCommit(place, sha))?.text ?? "");
  if (message?.repository !== REPOSITORY_NAME || message.version !== version)
    return words.noMonorepoRelease({ owner, repository: REPOSITORY_NAME }, version);
  const { source } = message;
  const { commit } = source;
  const known = await callGit(place, ["cat-file", "-e", `${commit}^{commit}`]);
  if (known.code !== 0) return words.notOnMain(owner, commit);
  const actions = await readVersions(place, commit);
  const time = await askGit(place, ["log", "-1", "--format=%cI", commit]);
  const from = { folder: place.cwd, commit, time, owner, version, actions };
  return { source, actions, remake: (pins) => writeMonorepoCommits(place, from, pins) };
}

/** The version of each action in the files of a commit. */
async function readVersions(place: GitPlace, commit: string): Promise<Record<string, string>> {
  const paths = await askGit(place, ["ls-tree", "--name-only", commit, "actions/"]);
  const versions: Record<string, string> = {};
  for (const path of paths.split("\n").filter(Boolean)) {
    const action = path.slice("actions/".length);
    versions[action] = (await readVersionAt(place, action, commit)) ?? "";
  }
  return versions;
}

/** The version of an action in the files of a commit; undefined if it is not there. */
export async function readVersionAt(
  place: GitPlace,
  action: string,
  commit: string,
): Promise<string | undefined> {
  const { code, output } = await callGit(place, [
    "cat-file",
    "blob",
    `${commit}:actions/${action}/package.json`,
  ]);
  return code === 0
    ? (JSON.parse(output.toString("utf8")) as { readonly version: string }).version
    : undefined;
}
