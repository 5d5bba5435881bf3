import { statSync } from "node:fs";
import { join } from "node:path";
import { askGit, type GitPlace } from "@patchpilot/git";
import { digestFiles } from "../trees/tree-digest.ts";

/** Who makes every release: no account can have this name. */
const BOT = "patchpilot-release[bot] <patchpilot-release[bot]@users.noreply.github.com>";

/**
 * Writes a folder as a tree. Names, bytes and the executable bit of its files count, and nothing else of the machine.
 * @returns the tree's SHA
 */
export async function writeTree(place: GitPlace, folder: string): Promise<string> {
  const paths = digestFiles(folder).map(({ path }) => path);
  const list = paths.map((path) => `${join(folder, path)}\n`).join("");
  const blobs = await askGit(place, ["hash-object", "-w", "--no-filters", "--stdin-paths"], list);
  const oids = blobs.split("\n");
  const entries = paths.map((path, at) => `${readMode(join(folder, path))} ${oids[at]}\t${path}\0`).join("");
  await askGit(place, ["read-tree", "--empty"]);
  await askGit(place, ["update-index", "-z", "--index-info"], entries);
  return askGit(place, ["write-tree"]);
}

/** The mode that git keeps of a file. */
export const readMode = (file: string): string => ((statSync(file).mode & 0o100) === 0 ? "100644" : "100755");

/**
 * Writes a commit by the release's bot.
 * @param time ISO 8601; it is written in UTC
 * @returns the commit's SHA, which is the same for the same arguments
 */
export async function writeCommit(
  place: GitPlace,
  commit: {
    readonly tree: string;
    readonly parent: string | undefined;
    readonly time: string;
    readonly message: string;
  },
): Promise<string> {
  const who = `${BOT} ${Date.parse(commit.time) / 1000} +0000`;
  const lines = [
    `tree ${commit.tree}`,
    ...(commit.parent === undefined ? [] : [`parent ${commit.parent}`]),
    `author ${who}`,
    `committer ${who}`,
  ];
  const text = `${lines.join("\n")}\n\n${commit.message}`;
  return askGit(place, ["hash-object", "-t", "commit", "-w", "--stdin"], text);
}
