import {
  createHttp,
  type Http,
  type HttpOptions,
  type Secrets,
  type Time,
  type Transport,
} from "@patchpilot/http";
import type { JobFolder } from "./write-log.ts";

/** Where GitHub is and who asks. */
export type GitHubAccess = {
  readonly token: string | undefined;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Secrets of the job by input; a request that would carry one is refused. */
  readonly secrets: Secrets;
} & Partial<JobFolder>;

export const API_VERSION = "2022-11-28";

export const WRONG_TOKEN = "The token in `github-token` is wrong, expired or revoked: pass a valid one.";

/** A page of incidents carries each comment up to twice. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Nine minutes: the workflow's jobs end after ten. A brown-out ends a run sooner, by the breaker. */
const RUN_BUDGET = { ms: 540_000 };

const known = new Map<string, Http>();

/** Replaced in tests. */
export type HttpWires = { readonly fetch?: Transport; readonly time?: Time };

/**
 * The one HTTP client of this process for a token: the configuration file and the run share it, so that GitHub's
 * clock is known and budgets hold for both.
 * @throws Error with a sentence when the token is empty.
 */
export function shareHttp(access: GitHubAccess, wires: HttpWires = {}): Http {
  const { token } = access;
  if (!token) throw new Error("`github-token` is empty. Leave it out to use the job's own token.");
  if (wires.fetch !== undefined) return makeHttp(access, wires);
  const shared = known.get(token);
  shared?.guard(access.secrets);
  const http = shared ?? makeHttp(access, wires);
  known.set(token, http);
  return http;
}

/**
 * A client of its own beside the one of the run, for reads that the run can do without: what goes wrong here stops
 * nothing there.
 */
export const openHttpAside = (
  access: GitHubAccess,
  budget: { readonly requests: number; readonly ms: number },
  wires: HttpWires = {},
): Http => makeHttp(access, wires, { retries: 1, budget });

/** What it stores is named by its content: twice is once. A commit that nothing refers to is nothing. */
const STORES_CONTENT = /\/repos\/[^/]+\/[^/]+\/git\/(blobs|trees|commits)$/;

const makeHttp = (
  { secrets }: GitHubAccess,
  { fetch, time }: HttpWires,
  limits: Pick<HttpOptions, "retries" | "budget"> = { budget: RUN_BUDGET },
): Http =>
  createHttp({
    name: "GitHub",
    isRead: ({ method, url, body }) =>
      method === "GET" ||
      method === "HEAD" ||
      STORES_CONTENT.test(new URL(url).pathname) ||
      /"query":\s*"\s*query\b/.test(body ?? ""),
    secrets,
    maxReplyBytes: MOST_BYTES,
    ...limits,
    ...(fetch && { fetch }),
    ...(time && { time }),
  });
