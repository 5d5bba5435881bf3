import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { openAsking } from "@patchpilot/checks";
import { openGitHub } from "@patchpilot/github";
import { useProxy } from "@patchpilot/http";
import { readToken } from "../gh/call-gh.ts";
import { findApi, findPlace, type HostedRepository } from "./find-place.ts";
import type { OpenedPlace } from "./place.ts";

/** Where you are: `npm run` starts a script in the folder of its package.json. */
const HERE = process.env["INIT_CWD"] ?? process.cwd();

/**
 * Opens a repository with your account.
 * @param named `owner/name` or `host/owner/name`; undefined: the remote `origin` of this checkout
 * @throws Error with a sentence if there is no such remote, or you are not logged in
 */
export async function openPlace(named: string | undefined): Promise<OpenedPlace> {
  const place = await choosePlace(named);
  const { host, owner, repo } = place;
  const token = await readToken(host);
  await useProxy(process.env);
  // As in a job: a server at another address, such as behind a gateway.
  const { GITHUB_API_URL: apiUrl, GITHUB_GRAPHQL_URL: graphqlUrl } = process.env;
  const api = apiUrl ? { apiUrl, graphqlUrl: graphqlUrl || `${apiUrl}/graphql` } : findApi(host);
  const asking = openAsking();
  return {
    asking,
    github: openGitHub({ ...api, token, secrets: { "your token": token } }, { fetch: asking.fetch }),
    repository: { owner, repo },
    fullName: host === "github.com" ? `${owner}/${repo}` : `${host}/${owner}/${repo}`,
    serverUrl: `https://${host}`,
    checkout: HERE,
  };
}

async function choosePlace(named: string | undefined): Promise<HostedRepository> {
  const address = named === undefined ? await readOrigin() : spellOut(named);
  const place = address === undefined ? undefined : findPlace(address);
  if (place !== undefined) return place;
  throw new Error(
    named === undefined
      ? "This folder has no git remote `origin` on GitHub. Start it in a checkout, or name the repository: --repository owner/name."
      : `--repository takes owner/name, and it is ${JSON.stringify(named)}.`,
  );
}

const spellOut = (named: string): string =>
  named.split("/").length === 2 ? `https://github.com/${named}` : `https://${named}`;

async function readOrigin(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["remote", "get-url", "origin"], {
      cwd: HERE,
      timeout: 10_000,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
