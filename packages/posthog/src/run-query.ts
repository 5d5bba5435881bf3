import { type AskInit, type Http, HttpFailure, isNotFound, systemTime, type Time } from "@patchpilot/http";
import { type Access, findFault, postHogRemedies } from "./access.ts";
import { failQuery, isTooHeavy, type QueryReply, queryReply, type Table } from "./replies.ts";

export type PostHogConnection = Access & {
  /** Made with `isRead: isPostHogRead`, so that a query is asked again after a fault. */
  readonly http: Http;
  /** How long a query may run on before it is given up, in milliseconds. Default 30,000. */
  readonly patienceMs?: number;
  /** Waits between looks at a running query. Default: the machine's clock. */
  readonly time?: Time | undefined;
};

/** Values of a query: PostHog fills them in as constants, so that they are never read as HogQL. */
type QueryValues = Readonly<Record<string, string | number | readonly string[]>>;

export type HogQuery = { readonly name: string; readonly hogql: string; readonly values: QueryValues };

/** For `createHttp`: a query is a POST, but it changes nothing. */
export const isPostHogRead = (): boolean => true;

const FIRST_LOOK_MS = 500;
const LONGEST_WAIT_MS = 4_000;

/** Runs one query, never from PostHog's cache, and waits for its result. @throws HttpFailure */
export async function runQuery(connection: PostHogConnection, query: HogQuery): Promise<Table> {
  const fault = findFault(connection);
  if (fault) throw fault;
  const body = {
    query: { kind: "HogQLQuery", query: query.hogql, values: query.values },
    refresh: "force_blocking",
    name: query.name,
  };
  const first = await ask(connection, "", { method: "POST", body: JSON.stringify(body) });
  return complete(connection, first);
}

/** Looks after a query that PostHog answers later (202), until it is complete or patience ends. */
async function complete(connection: PostHogConnection, first: QueryReply): Promise<Table> {
  const { patienceMs = 30_000, time = systemTime } = connection;
  const start = time.now();
  let reply = first;
  for (let wait = FIRST_LOOK_MS; "query_status" in reply; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const { id, complete: isComplete, results, error, error_message: message } = reply.query_status;
    if (error || message) throw failQuery("rejected", "could not run the query", message ?? undefined);
    if (isComplete && results) return usable(results);
    // The first reply may leave out what a look brings.
    if (isComplete && reply !== first) throw failQuery("server", "ended the query without a result");
    if (time.now() - start + wait > patienceMs)
      throw failQuery("timeout", `did not finish the query within ${patienceMs / 1_000} s`);
    await time.sleep(wait);
    reply = await look(connection, id);
  }
  return usable(reply);
}

/** PostHog forgets queries after a while; the project is there, for it took this one. */
async function look(connection: PostHogConnection, id: string): Promise<QueryReply> {
  try {
    return await ask(connection, `${encodeURIComponent(id)}/`, { method: "GET" });
  } catch (error) {
    if (isNotFound(error)) throw failQuery("server", "no longer knows the query that it took");
    throw error;
  }
}

function usable(table: Exclude<QueryReply, { query_status: unknown }>): Table {
  if (!("results" in table) || table.error)
    throw failQuery("rejected", "could not run the query", table.error ?? undefined);
  if (table.hasMore) throw failQuery("unreadable", "sent a part of the result only");
  return table;
}

async function ask(connection: PostHogConnection, rest: string, init: AskInit): Promise<QueryReply> {
  const { host, projectId, apiKey, http } = connection;
  const url = `${host}/api/projects/${encodeURIComponent(projectId)}/query/${rest}`;
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: "application/json",
    ...(init.method === "POST" ? { "content-type": "application/json" } : {}),
  };
  try {
    const parse = (body: unknown) => queryReply.parse(body);
    const remedies = postHogRemedies(connection);
    return (await http.json(url, { parse, init: { ...init, headers }, remedies })).value;
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "server" && isTooHeavy(error.detail))
      throw failQuery("server", `answered ${error.status}`, error.detail);
    throw error;
  }
}
