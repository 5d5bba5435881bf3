import { callGit, type GitPlace, type Remote } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { proveRelease } from "../attestation/prove-release.ts";
import { readAttestations } from "../attestation/read-attestations.ts";
import type { Trust } from "../attestation/trust.ts";
import { connectGit } from "../publish/connect-git.ts";
import type { Publisher } from "../publish/connect-releases.ts";
import { readReleasedCommit } from "../released/read-released.ts";
import type { PromotePorts } from "./ports.ts";
import { readMonorepoRelease, readVersions } from "./read-monorepo.ts";
import { readPublished } from "./read-published.ts";

/** The repositories below a prefix, GitHub's API, and what signatures are checked against. */
export function connectPromote(
  place: GitPlace,
  remote: Remote,
  account: Publisher,
  trust: () => Promise<Trust>,
  report: (line: string) => void,
): PromotePorts {
  const remotes = connectGit(place, remote);
  const fetchTag = (repository: string, version: string): Promise<void> =>
    remotes.fetch(repository, [`refs/tags/v${version}`]);
  let main: Promise<string> | undefined;
  let trusted: Promise<Trust> | undefined;
  const fetchMain = async (): Promise<string> => {
    await remotes.fetch(REPOSITORY_NAME, ["refs/heads/main"]);
    return (await remotes.readRefs(REPOSITORY_NAME)).main ?? "";
  };
  return {
    readRefs: remotes.readRefs,
    readReleases: (repository) => readPublished(account, repository),
    readBundles: (claim) => readAttestations(claim, account),
    moveTags: remotes.moveTags,
    report,
    readReleased: async (repository, version, sha) => {
      await fetchTag(repository, version);
      return readReleasedCommit(place, sha);
    },
    readMonorepo: async (version, sha) => {
      await fetchTag(REPOSITORY_NAME, version);
      return readMonorepoRelease(place, account.owner, version, sha);
    },
    isOnMain: async (commit) => {
      main ??= fetchMain();
      return (await callGit(place, ["merge-base", "--is-ancestor", commit, await main])).code === 0;
    },
    readVersions: (commit) => readVersions(place, commit),
    prove: async (claim, bundles) => {
      trusted ??= trust();
      return proveRelease(claim, bundles, await trusted);
    },
  };
}
