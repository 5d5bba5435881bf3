import { type GitPlace, isCommitIn, type Remote } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { proveRelease } from "../attestation/prove-release.ts";
import { readAttestations } from "../attestation/read-attestations.ts";
import type { Trust } from "../attestation/trust.ts";
import { connectGit } from "../publish/connect-git.ts";
import type { Publisher } from "../publish/connect-releases.ts";
import { readReleasedCommit } from "../released/read-released.ts";
import type { PromotePorts } from "./ports.ts";
import { readMonorepoRelease, readVersionAt } from "./read-monorepo.ts";
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
  const fetchMain = async (): Promise<string> => {
    // In this order: main may move on between the two, and then still holds what was read.
    const { main = "" } = await remotes.readRefs(REPOSITORY_NAME);
    await remotes.fetch(REPOSITORY_NAME, ["refs/heads/main"]);
    return main;
  };
  const findMain = once(fetchMain);
  const findTrust = once(trust);
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
    isOnMain: async (commit) => isCommitIn(place, commit, await findMain()),
    readVersion: (action, commit) => readVersionAt(place, action, commit),
    prove: async (claim, bundles) => proveRelease(claim, bundles, await findTrust()),
  };
}

/** Asks once for all; after a failure, again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
