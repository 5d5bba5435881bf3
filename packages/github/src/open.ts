import { createHttp, createPacing, type Pacing, type Secrets, type Time } from "@patchpilot/http";
import { connectGitHub, type GitHub, repositoryName } from "./client.ts";
import { readFile } from "./repository.ts";

/** Where GitHub is and who asks. */
export type GitHubAccess = {
  readonly token: string | undefined;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Secrets of the job by input; a request that would carry one is refused. */
  readonly secrets: Secrets;
};

/** Replaced in tests and benches. */
export type Wires = { readonly fetch?: typeof fetch; readonly pacing?: Pacing; readonly time?: Time };

/** A page of incidents carries every comment of theirs that may hold a record. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Nine minutes: pacing makes fifty incidents take five, and the workflow's jobs end after ten. A brown-out ends a run
 * sooner, by the breaker.
 */
const RUN_BUDGET = { ms: 540_000 };

const opened = new Map<string, GitHub>();

/**
 * Opens GitHub for this process, once for each token: the configuration file and the run share one connection, so
 * that its clock is known and its budget and pacing hold for both.
 * @throws Error with a sentence when the token is empty.
 */
export function openGitHub(access: GitHubAccess, wires: Wires = {}): GitHub {
  const { token } = access;
  if (!token) throw new Error("`github-token` is empty. Leave it out to use the job's own token.");
  const known = wires.fetch === undefined ? opened.get(token) : undefined;
  const github = known ?? connect({ ...access, token }, wires);
  if (wires.fetch === undefined) opened.set(token, github);
  return github;
}

function connect(access: GitHubAccess & { readonly token: string }, wires: Wires): GitHub {
  const http = createHttp({
    name: "GitHub",
    isRead: ({ method, body }) =>
      method === "GET" || method === "HEAD" || /"query":\s*"\s*query\b/.test(body ?? ""),
    secrets: access.secrets,
    maxReplyBytes: MOST_BYTES,
    ...(wires.fetch ? { fetch: wires.fetch } : {}),
    ...(wires.time ? { time: wires.time } : {}),
  });
  return connectGitHub({
    token: access.token,
    apiUrl: access.apiUrl,
    graphqlUrl: access.graphqlUrl,
    fetch: http.fetch,
    serverTime: http.serverTime,
    pacing: wires.pacing ?? createPacing(),
  });
}

/** Reads the text of a file on the default branch of the repository that a job names. */
export function fileReader(
  access: GitHubAccess,
  fullName: string,
): (path: string) => Promise<string | undefined> {
  return (path) => readFile(openGitHub(access), repositoryName(fullName), path);
}
