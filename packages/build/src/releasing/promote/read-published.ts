import { endInTime, openOctokit } from "../open-octokit.ts";
import { type Publisher, readPatiently } from "../publish/connect-releases.ts";
import type { PublishedRelease } from "./facts.ts";

/** Reads every release of a repository, drafts included, by GitHub's API. */
export function readPublished(account: Publisher, repository: string): Promise<PublishedRelease[]> {
  const { owner } = account;
  const octokit = openOctokit(account);
  const where = { owner, repo: repository, per_page: 100 };
  return readPatiently(`read the releases of ${owner}/${repository}`, async () => {
    const all = await octokit.paginate(octokit.rest.repos.listReleases, { ...where, request: endInTime() });
    return all.map(({ tag_name: tag, draft, prerelease, immutable }) => {
      return { tag, draft, prerelease, immutable: immutable === true };
    });
  });
}
