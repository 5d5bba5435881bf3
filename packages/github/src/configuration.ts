import { HttpFailure, kindOfStatus } from "@patchpilot/http";
import { API_VERSION, type GitHubAccess, shareHttp, WRONG_TOKEN } from "./shared-http.ts";

/**
 * Reads files on the default branch, for `.github/patchpilot.yml`: the first request of every action. It goes without
 * Octokit, which takes longer to load than GitHub takes to answer, and before the job's secrets are known. A file that does not exist, or that the token may
 * not read, is undefined.
 * @throws HttpFailure where the token is refused or GitHub cannot be asked.
 */
export function configuration(
  given: { readonly token: string; readonly repository: string },
  environment: Pick<GitHubAccess, "apiUrl" | "graphqlUrl">,
): (path: string) => Promise<string | undefined> {
  const { token, repository } = given;
  const access = { ...environment, token, secrets: { "github-token": token } };
  return async (path) => {
    const reply = await shareHttp(access).fetch(`${access.apiUrl}/repos/${repository}/contents/${path}`, {
      headers: {
        accept: "application/vnd.github.raw+json",
        authorization: `token ${token}`,
        "x-github-api-version": API_VERSION,
      },
    });
    if (reply.ok) return reply.text();
    if ([403, 404, 410].includes(reply.status)) return undefined;
    throw new HttpFailure({
      kind: kindOfStatus(reply.status) ?? "rejected",
      provider: "GitHub",
      asked: `GET ${path}`,
      happened: `answered ${reply.status}`,
      status: reply.status,
      remedy: reply.status === 401 ? WRONG_TOKEN : undefined,
    });
  };
}
