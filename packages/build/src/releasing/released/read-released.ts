import { createHash } from "node:crypto";
import { callGit, type GitPlace, git, PLAIN_MODES } from "@patchpilot/git";
import { readReleaseMessage } from "../commits/release-message.ts";
import { parseCommit } from "../publish/read-tagged.ts";
import { digestListedDist, type FileDigest } from "../trees/tree-digest.ts";

/** A file of a release, with the mode that git keeps of it. */
export type ReleasedFile = FileDigest & { readonly mode: string };

/** A commit that says of itself that it is a release of an action. */
export type Released = {
  /** Full SHA. */
  readonly commit: string;
  /** The action, its version and what it is built from, as the message says. */
  readonly action: string;
  readonly version: string;
  readonly source: { readonly repository: string; readonly commit: string };
  /** The digest of `dist`, which is that of the files. */
  readonly distSha256: string;
  readonly files: readonly ReleasedFile[];
  readonly parent?: string;
};

/**
 * Reads a commit that an action is released by.
 * @param place a git folder that holds it
 * @param ref a name or a full SHA
 * @returns what the commit says and holds, or why it is no release, as a sentence
 */
export async function readReleasedCommit(place: GitPlace, ref: string): Promise<Released | string> {
  const { code, output } = await callGit(place, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    ref,
  ]);
  if (code !== 0) return `${ref} is not there. Check its name and the repository.`;
  const sha = output.toString("utf8").trim();
  const commit = await parseCommit(place, sha);
  if (commit === undefined)
    return `${ref} names no commit. A release's tag names its commit, and no tag object.`;
  const message = readReleaseMessage(commit.text);
  if (message?.dist === undefined)
    return `${ref} was made by no release of an action: the message of ${sha} does not say what it was built from.`;
  const files = await readFiles(place, sha);
  if (typeof files === "string") return `${ref} is no release: ${files}`;
  const { repository: action, version, source, dist: distSha256 } = message;
  const digest = digestListedDist(files);
  if (digest !== distSha256)
    return `The dist of ${ref} is not what its commit says: its digest is ${digest}, and Dist-SHA256 is ${distSha256}.`;
  const [parent] = commit.parents;
  const released = { commit: sha, action, version, source, distSha256, files };
  return parent === undefined ? released : { ...released, parent };
}

/** Files of a commit, sorted by path in code units; a sentence if it holds something else. */
async function readFiles(place: GitPlace, commit: string): Promise<ReleasedFile[] | string> {
  const list = (await git(place, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString("utf8");
  const entries = list.split("\0").filter(Boolean).map(parseEntry);
  const odd = entries.find(({ mode, path }) => !PLAIN_MODES.includes(mode) || path.includes("\ufffd"));
  if (odd !== undefined) return `${odd.path} is a link or a submodule, or its name is not UTF-8.`;
  const digests = await digestBlobs(
    place,
    entries.map(({ oid }) => oid),
  );
  return entries
    .map(({ mode, path }, at) => ({ path, mode, sha256: digests[at] ?? "" }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A line of `git ls-tree`: `<mode> <type> <oid>`, a tab and the path. */
function parseEntry(line: string): { readonly mode: string; readonly oid: string; readonly path: string } {
  const tab = line.indexOf("\t");
  const [mode = "", , oid = ""] = line.slice(0, tab).split(" ");
  return { mode, oid, path: line.slice(tab + 1) };
}

/** The SHA-256 of each object, as `git cat-file --batch` prints them: `<oid> <type> <size>`, the bytes, a newline. */
async function digestBlobs(place: GitPlace, oids: readonly string[]): Promise<string[]> {
  const output = await git(place, ["cat-file", "--batch"], oids.map((oid) => `${oid}\n`).join(""));
  let at = 0;
  return oids.map((oid) => {
    const start = output.indexOf("\n", at) + 1;
    const size = Number(/^\w+ blob (\d+)$/.exec(output.subarray(at, start - 1).toString("latin1"))?.[1]);
    if (Number.isNaN(size)) throw new Error(`git does not have the file ${oid}. Fetch the release again.`);
    at = start + size + 1;
    return createHash("sha256")
      .update(output.subarray(start, start + size))
      .digest("hex");
  });
}
