import { getOctokit } from "@actions/github";
import { PATIENCE, type Publisher, readPatiently } from "../publish/connect-releases.ts";
import type { PublishedRelease } from "./facts.ts";

/** Reads every release of a repository, drafts included, by GitHub's API. */
export function readPublished(
  { owner, token, api }: Publisher,
  repository: string,
): Promise<PublishedRelease[]> {
  const octokit = getOctokit(token, api === undefined ? {} : { baseUrl: api });
  const where = { owner, repo: repository, per_page: 100 };
  return readPatiently(`read the releases of ${owner}/${repository}`, async () => {
    const request = { signal: AbortSignal.timeout(PATIENCE) };
    const all = await octokit.paginate(octokit.rest.repos.listReleases, { ...where, request });
    return all.map(({ tag_name: tag, draft, prerelease, immutable }) => {
      return { tag, draft, prerelease, immutable: immutable === true };
    });
  });
}
