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
};

/** A first push of everything, or a slow line. */
const PATIENCE = 600_000;

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
  return {
    readRefs: async (repository) =>
      parseRefs(await ask(repository, ["ls-remote", address(repository), "refs/heads/main", "refs/tags/v*"])),
    fetch: async (repository, refs) => {
      const options = ["--quiet", "--no-tags", "--no-write-fetch-head"];
      await ask(repository, ["fetch", ...options, address(repository), ...refs]);
    },
    push: async (repository, commit, refs) => {
      const targets = refs.map((ref) => `${commit}:${ref}`);
      const { code, complaint } = await callGit(place, ["push", "--atomic", address(repository), ...targets]);
      if (code !== 0) throw describePush(address(repository), complaint);
    },
  };
}

/** A full version, as release tags have it; `v1` and `v1.2` are moved by promotion. */
const VERSION_TAG = /^refs\/tags\/v(\S+)$/;

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
  return { ...(main === undefined ? {} : { main }), versions: Object.fromEntries(versions) };
}

/** A push that the other side refused did not happen; of any other nobody knows. */
function describePush(address: string, complaint: string): Error {
  const reasons = complaint.split("\n").filter((line) => /^( ! \[|remote: \S)/.test(line));
  if (!reasons.some((line) => line.startsWith(" ! [")))
    return new LostReply(`The push to ${address} failed: ${firstComplaint(complaint)}.`);
  const text = reasons.map((line) => line.trim().replace(/\s+/g, " ")).join("; ");
  return new Error(
    `${address} refused the push: ${text}. Check its rulesets and what the token may do, and run the release again.`,
  );
}
