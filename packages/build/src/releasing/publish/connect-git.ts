import { callGit, firstComplaint, type GitPlace, type Remote } from "@patchpilot/git";
import { valid } from "semver";
import type { Refs } from "./facts.ts";
import { LostReply } from "./lost-reply.ts";

/** The repositories below a prefix, by git. */
export type Remotes = {
  readonly readRefs: (repository: string) => Promise<Refs>;
  readonly fetch: (repository: string, refs: readonly string[]) => Promise<void>;
  /** All refs or none, and none that does not move forward. */
  readonly push: (repository: string, commit: string, refs: readonly string[]) => Promise<void>;
  /** All tags or none, and none that is not where it was read. */
  readonly moveTags: (repository: string, moves: readonly TagMove[]) => Promise<void>;
};

/** A first push of everything, or a slow line. */
const PATIENCE = 600_000;

/** `from` is absent if the tag was not there. */
export type TagMove = { readonly tag: string; readonly from?: string; readonly to: string };

export function connectGit(folder: GitPlace, remote: Remote): Remotes {
  const place = { ...folder, remote, patience: PATIENCE };
  const address = (repository: string): string => `${remote.prefix}${repository}`;
  const ask = async (repository: string, args: readonly string[]): Promise<string> => {
    const { code, output, complaint } = await callGit(place, args);
    if (code === 0) return output.toString("utf8");
    throw new Error(
      `${address(repository)} cannot be read: ${firstComplaint(complaint)}. Check that the repository is there and that the token may reach it.`,
    );
  };
  const push = async (repository: string, options: readonly string[], targets: readonly string[]) => {
    const args = ["push", "--atomic", ...options, address(repository), ...targets];
    const { code, complaint } = await callGit(place, args);
    if (code !== 0) throw describePush(address(repository), complaint);
  };
  return {
    readRefs: async (repository) =>
      parseRefs(await ask(repository, ["ls-remote", address(repository), "refs/heads/main", "refs/tags/v*"])),
    fetch: async (repository, refs) => {
      const options = ["--quiet", "--no-tags", "--no-write-fetch-head"];
      await ask(repository, ["fetch", ...options, address(repository), ...refs]);
    },
    push: (repository, commit, refs) =>
      push(
        repository,
        [],
        refs.map((ref) => `${commit}:${ref}`),
      ),
    moveTags: (repository, moves) =>
      push(
        repository,
        moves.map(({ tag, from = "" }) => `--force-with-lease=refs/tags/${tag}:${from}`),
        moves.map(({ tag, to }) => `${to}:refs/tags/${tag}`),
      ),
  };
}

/** A full version, as release tags have it. */
const VERSION_TAG = /^refs\/tags\/v(\S+)$/;

/** `v1` and `v1.2`, which promotion moves. */
const LINE_TAG = /^refs\/tags\/(v(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?)$/;

/** Reads what `git ls-remote` prints: an object and a ref a line. */
export function parseRefs(output: string): Refs {
  const refs = output
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t") as [string, string]);
  const main = refs.find(([, ref]) => ref === "refs/heads/main")?.[0];
  const versions = refs.flatMap(([sha, ref]) => {
    const version = VERSION_TAG.exec(ref)?.[1];
    return version !== undefined && valid(version) === version ? [[version, sha] as const] : [];
  });
  const lines = refs.flatMap(([sha, ref]) => {
    const line = LINE_TAG.exec(ref)?.[1];
    return line === undefined ? [] : [[line, sha] as const];
  });
  return {
    ...(main === undefined ? {} : { main }),
    versions: Object.fromEntries(versions),
    lines: Object.fromEntries(lines),
  };
}

/** A push that the other side refused did not happen; of any other nobody knows. */
function describePush(address: string, complaint: string): Error {
  const reasons = complaint.split("\n").filter((line) => /^( ! \[|remote: \S)/.test(line));
  if (!reasons.some((line) => line.startsWith(" ! [")))
    return new LostReply(`The push to ${address} failed: ${firstComplaint(complaint)}.`);
  if (reasons.some((line) => line.includes("(stale info)")))
    return new Error(
      `Somebody else moved tags of ${address} meanwhile, so nothing was moved there. Run this again.`,
    );
  const text = reasons.map((line) => line.trim().replace(/\s+/g, " ")).join("; ");
  return new Error(
    `${address} refused the push: ${text}. Check its rulesets and what the token may do, and run this again.`,
  );
}
