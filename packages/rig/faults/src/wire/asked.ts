export type Service = "GitHub" | "Sentry" | "Vercel" | "PostHog";

/** What an action asks of a service, without what differs from run to run. */
export type AskedRequest = {
  readonly service: Service;
  /** `GitHub mutation Write addComment`, `Sentry GET /issues/{n}/`. */
  readonly endpoint: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly isGraphql: boolean;
  /** Whether sending it twice is the same as sending it once. */
  readonly isRepeatable: boolean;
  /** Whether it changes anything. Content that is stored under its own hash does not. */
  readonly isWrite: boolean;
};

const HOSTS: readonly (readonly [RegExp, Service])[] = [
  [/sentry/, "Sentry"],
  [/vercel/, "Vercel"],
  [/posthog/, "PostHog"],
];
/** A commit that no ref names, like a blob, is nothing. */
const STORES_CONTENT = /\/git\/(blobs|trees|commits)$/;

export async function readAsked(request: Request): Promise<AskedRequest> {
  const { hostname, pathname, searchParams } = new URL(request.url);
  const service = HOSTS.find(([host]) => host.test(hostname))?.[1] ?? "GitHub";
  const body = request.body === null ? "" : await request.clone().text();
  const { method, url } = request;
  const isGraphql = service === "GitHub" && pathname.endsWith("/graphql");
  const document = isGraphql ? (JSON.parse(body) as { query: string }).query : "";
  const dataset = searchParams.get("dataset");
  const path = `${method} ${shortenPath(pathname)}${dataset === null ? "" : `?dataset=${dataset}`}`;
  const isQuery = isGraphql ? !/^\s*mutation\b/.test(document) : method === "GET" || method === "HEAD";
  const isWrite = !isQuery && service !== "PostHog" && !STORES_CONTENT.test(pathname);
  const endpoint = `${service} ${isGraphql ? nameDocument(document) : path}`;
  return { service, endpoint, method, url, body, isGraphql, isWrite, isRepeatable: !isWrite };
}

/** `query Issues`, or a mutation with the fields that it has. */
function nameDocument(document: string): string {
  const name = /(?:query|mutation)\s+\w+/.exec(document)?.[0] ?? "query";
  const fields = [...document.matchAll(/\bm\d+: (\w+)\(/g)].map(([, field = ""]) => field);
  return [name, ...new Set(fields)].join(" ");
}

/** A path without the repository, ids, commits and the names of attempts. */
const shortenPath = (path: string): string =>
  decodeURIComponent(path)
    .replace(/^\/repos\/[^/]+\/[^/]+/, "")
    .replace(/^\/api\/0\/(?:organizations|projects)\/[^/]+/, "")
    .replace(/[0-9a-f]{40}(?:\.{2,3}[0-9a-f]{40})?/g, "{sha}")
    .replace(/\bpatchpilot\/(?:claims|gates|spend)\/[\w-]+/g, "{fact}")
    .replace(/\bpatchpilot\/\d+-a\d+/g, "{branch}")
    .replace(/\bdpl_\w+/g, "{deployment}")
    .replace(/\/\d+(?=\/|$)/g, "/{n}");
