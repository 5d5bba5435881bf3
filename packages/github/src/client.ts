import { Octokit } from "@octokit/rest";
import { type Http, HttpFailure, kindOfStatus, type Pacing } from "@patchpilot/http";
import type * as z from "zod";
import {
  type GraphqlError,
  graphqlFailure,
  nameDocument,
  postGraphql,
  readReply,
  refuseUnseen,
} from "./graphql.ts";
import { type Mutation, type MutationResult, sendMutations } from "./mutations.ts";
import { remedyForRefusal } from "./refusals.ts";
import { API_VERSION, type GitHubAccess, WRONG_TOKEN } from "./shared-http.ts";

/** A repository by its two names. */
export type RepositoryName = { readonly owner: string; readonly repo: string };

/** GitHub as the rest of PatchPilot sees it. */
export type GitHub = {
  /** Typed REST calls; a refusal is an HttpFailure whose remedy names the missing permission. */
  readonly request: Octokit["request"];
  /** One GraphQL read. A thing that does not exist is null; a repository that is not there, or any error, fails the whole read. */
  readonly query: <S extends z.ZodType>(
    document: string,
    variables: Record<string, unknown>,
    schema: S,
    manner?: QueryManner,
  ) => Promise<z.output<S>>;
  /** Aliased mutations, at most 20 a request, each with its own result, in order. */
  readonly mutate: (mutations: readonly Mutation[]) => Promise<MutationResult[]>;
  /** GitHub's clock: its newest `Date` header. Asks for one only where GitHub was not asked anything yet. */
  readonly clock: () => Promise<Date>;
  readonly pacing: Pacing;
};

/** How a query is asked. */
export type QueryManner = {
  /** The caller asks for less if this takes too long. */
  readonly once?: boolean;
  /** A field that was refused and that the caller can do without: it is null. */
  readonly spares?: (error: GraphqlError) => boolean;
};

/** Splits owner/name, which the inputs have checked. */
export function repositoryName(fullName: string): RepositoryName {
  const [owner = "", repo = ""] = fullName.split("/");
  return { owner, repo };
}

/** Connects to GitHub, GitHub Enterprise Server or a data-residency host. Sends nothing yet. */
export function connectGitHub(
  { token = "", apiUrl, graphqlUrl }: Omit<GitHubAccess, "secrets">,
  http: Pick<Http, "fetch" | "fetchOnce" | "serverTime">,
  pacing: Pacing,
): GitHub {
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl,
    request: { fetch: http.fetch },
    userAgent: "patchpilot",
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  octokit.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = API_VERSION;
  });
  octokit.hook.error("request", (error, options) => {
    throw asFailure(error, `${options.method} ${options.url}`);
  });
  const send = (document: string, variables: Record<string, unknown>, wire = http.fetch) =>
    postGraphql(octokit, graphqlUrl, { query: document, variables, request: { fetch: wire } });
  return {
    request: octokit.request,
    query: async (document, variables, schema, { once = false, spares = () => false } = {}) => {
      const reply = await send(document, variables, once ? http.fetchOnce : http.fetch);
      const fatal = reply.errors.find((error) => error.type !== "NOT_FOUND" && !spares(error));
      if (fatal) throw graphqlFailure(fatal, nameDocument(document));
      refuseUnseen(reply, `${nameDocument(document)} of ${variables["owner"]}/${variables["repo"]}`);
      return readReply(schema, reply.data ?? null, nameDocument(document));
    },
    mutate: (mutations) =>
      sendMutations(mutations, (document, variables) => send(document, variables), pacing),
    clock: () => askTime(octokit, http),
    pacing,
  };
}

/** @throws Error if GitHub's replies do not tell the time */
async function askTime(octokit: Octokit, { serverTime }: Pick<Http, "serverTime">): Promise<Date> {
  // The rate limit is the one question that costs nothing.
  // A server without rate limits refuses it, and its refusal tells the time as well.
  if (serverTime() === undefined)
    await octokit.request("GET /rate_limit").catch((error: unknown) => {
      if (serverTime() === undefined) throw error;
    });
  const now = serverTime();
  if (now === undefined) throw new Error("GitHub's replies have no Date header, so nothing can be timed.");
  return now;
}

type RequestErrorLike = {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly response?: { readonly headers: Record<string, string | undefined>; readonly data?: unknown };
};

function asFailure(error: unknown, asked: string): unknown {
  const known = findFailure(error);
  if (known) return known;
  const { status, response } = error as RequestErrorLike;
  if (status === undefined || response === undefined) return error;
  return new HttpFailure({
    kind: kindOfStatus(status) ?? "rejected",
    provider: "GitHub",
    asked: asked.replace(/\?.*$/, ""),
    happened: `answered ${status}`,
    status,
    detail: describeRefusal(response.data),
    ...chooseRemedy(status, response),
    cause: error,
  });
}

/** GitHub's sentence; where it only says "Validation Failed", the faults that it lists beside it say why. */
function describeRefusal(data: unknown): string {
  const { message = "", errors } = (data ?? {}) as { message?: string; errors?: unknown };
  const faults = (Array.isArray(errors) ? errors : []).flatMap((fault: unknown) => {
    if (typeof fault === "string") return [fault];
    const { message: told, field, code } = (fault ?? {}) as Record<string, unknown>;
    if (typeof told === "string") return [told];
    return typeof code === "string" ? [`${typeof field === "string" ? `${field} ` : ""}${code}`] : [];
  });
  return [message, ...faults]
    .filter((text) => text !== "")
    .join(": ")
    .slice(0, 300);
}

function findFailure(error: unknown): HttpFailure | undefined {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current instanceof HttpFailure) return current;
  return undefined;
}

function chooseRemedy(
  status: number,
  { headers, data }: NonNullable<RequestErrorLike["response"]>,
): { remedy?: string } {
  const permissions = headers["x-accepted-github-permissions"];
  const named = status === 403 ? remedyForRefusal(describeRefusal(data)) : undefined;
  if (named !== undefined) return { remedy: named };
  if (status === 401) return { remedy: WRONG_TOKEN };
  if ((status === 403 || status === 404) && permissions) {
    const lines = permissions
      .replace(/=/g, ": ")
      .replace(/_/g, "-")
      .replace(/;/g, " or")
      .replace(/,/g, " and ");
    const need = `the job's \`permissions:\` need \`${lines}\``;
    // GitHub names the permissions of a route also where the thing itself does not exist.
    return {
      remedy: status === 404 ? `Either it does not exist, or ${need}.` : `${need.replace("the", "The")}.`,
    };
  }
  return {};
}
