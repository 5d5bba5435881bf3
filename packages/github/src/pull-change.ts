import type { GitHub, RepositoryName } from "./client.ts";

/** A file that a pull request changes; `patch` is absent where GitHub shows none: binary, or too large. */
type PullFile = { readonly path: string; readonly patch?: string };

/** The first 30 files that a pull request changes, with their hunks, in one request. */
export async function readPullChange(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<PullFile[]> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
    ...repository,
    pull_number: number,
    per_page: 30,
  });
  return data.map(({ filename, patch }) => ({
    path: filename,
    ...(patch === undefined ? {} : { patch }),
  }));
}
