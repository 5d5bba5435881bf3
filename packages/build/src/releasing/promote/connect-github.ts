import { getOctokit } from "@actions/github";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { PATIENCE, type Publisher, readPatiently } from "../publish/connect-releases.ts";
import type { PublishedRelease } from "./facts.ts";

/** Releases and attestations, by GitHub's API. */
export type PromoteGitHub = {
  readonly readReleases: (repository: string) => Promise<readonly PublishedRelease[]>;
  /** Sigstore bundles that the monorepo's workflows stored for a file, by its SHA-256. */
  readonly readBundles: (sha256: string) => Promise<readonly unknown[]>;
};

export function connectGitHub({ owner, token, api }: Publisher): PromoteGitHub {
  const octokit = getOctokit(token, api === undefined ? {} : { baseUrl: api });
  const { repos } = octokit.rest;
  const request = () => ({ signal: AbortSignal.timeout(PATIENCE) });
  return {
    readReleases: async (repository) => {
      const where = { owner, repo: repository, per_page: 100 };
      const all = await readPatiently(`read the releases of ${owner}/${repository}`, () =>
        octokit.paginate(repos.listReleases, { ...where, request: request() }),
      );
      return all.map(({ tag_name: tag, draft, prerelease, immutable }) => {
        return { tag, draft, prerelease, immutable: immutable === true };
      });
    },
    readBundles: (sha256) =>
      readPatiently(`read attestations of ${owner}/${REPOSITORY_NAME}`, async () => {
        const where = { owner, repo: REPOSITORY_NAME, per_page: 100, subject_digest: `sha256:${sha256}` };
        const pages = octokit.paginate.iterator(repos.listAttestations, { ...where, request: request() });
        const bundles: unknown[] = [];
        for await (const { data } of pages)
          bundles.push(...(data.attestations ?? []).map(({ bundle }) => bundle));
        return bundles;
      }).catch(nothingFound),
  };
}

/** GitHub answers 404 for a file that nothing attests. */
function nothingFound(error: unknown): [] {
  if ((error as Error).cause === 404) return [];
  throw error;
}
