import { HttpFailure, type HttpFailureKind } from "@patchpilot/http";
import { type GitHubAccess, shareHttp } from "./shared-http.ts";

const API_VERSION = "2022-11-28";
const KINDS: Readonly<Record<number, HttpFailureKind>> = { 401: "unauthorized", 429: "rate-limited" };

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
    throw refusal(reply.status, path);
  };
}

function refusal(status: number, path: string): HttpFailure {
  return new HttpFailure({
    kind: KINDS[status] ?? "rejected",
    provider: "GitHub",
    asked: `GET ${path}`,
    happened: `answered ${status}`,
    status,
    ...(status === 401
      ? { remedy: "The token in `github-token` is wrong, expired or revoked: pass a valid one." }
      : {}),
  });
}
