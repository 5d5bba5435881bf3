import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { decoded } from "./content-encoding.ts";

/** A request as it leaves. */
export type OutgoingMessage = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Redirects always come back as replies; this says so to a `fetch`. */
  readonly redirect: "manual";
  readonly signal: AbortSignal;
};

/** Names in lower case; several values of one name are joined by a comma. */
export type ReplyHeaders = Pick<Headers, "get" | "has"> & Iterable<[string, string]>;

/** A reply whose body, without its content encoding, is still to be read. */
export type IncomingReply = {
  readonly status: number;
  readonly statusText: string;
  readonly headers: ReplyHeaders;
  readonly body: AsyncIterable<Uint8Array> | null;
};

/** Sends a request once. A `fetch` fits; tests bring their own. */
export type Transport = (url: string, message: OutgoingMessage) => Promise<IncomingReply>;

/** A connection that is not made by then never will be. */
const CONNECT_MS = 10_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Sends a request by Node's HTTP client, unless something has put another `fetch` in the place of Node's.
 * @throws Error with Node's `code`; `CONNECT_TIMEOUT` if no connection was made within 10 seconds
 */
export const transport: Transport = (url, message) => (findOtherFetch() ?? sendByNode)(url, message);

/**
 * What a preload of the machine's put there, such as a tracer or a door to a test's services, sees every request. Node's
 * own names the library that it loads.
 */
const findOtherFetch = (): Transport | undefined => {
  const { fetch } = globalThis;
  return /\bundici\b/.test(String(fetch)) ? undefined : fetch;
};

/**
 * Node's `fetch` would load undici, which takes 14 MB, and longer than all else that an action does before its first
 * request. So would `import` of `node:http`, because it reads every export.
 */
const sendByNode: Transport = async (url, { method, headers, body, signal }) => {
  const target = new URL(url);
  const { request } = process.getBuiltinModule(target.protocol === "https:" ? "node:https" : "node:http");
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const sent = { accept: "*/*", "accept-encoding": "br, gzip, deflate", ...headers, ...length };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(target, { method, headers: sent, signal });
    outgoing.once("response", resolve).on("error", reject);
    limitConnecting(outgoing);
    outgoing.end(body);
  });
  const status = response.statusCode ?? 0;
  const isEmpty = method === "HEAD" || WITHOUT_BODY.has(status);
  return {
    status,
    statusText: response.statusMessage ?? "",
    headers: readHeaders(response.headers),
    body: isEmpty ? response : ((await decoded(response)) ?? response),
  };
};

function limitConnecting(outgoing: ClientRequest): void {
  const timer = setTimeout(() => {
    // Through a proxy there is no socket before its tunnel stands.
    if (outgoing.socket?.connecting === false) return;
    outgoing.destroy(Object.assign(new Error("No connection was made."), { code: "CONNECT_TIMEOUT" }));
  }, CONNECT_MS);
  outgoing.once("close", () => clearTimeout(timer));
}

function readHeaders(headers: IncomingHttpHeaders): ReplyHeaders {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return {
    get: (name) => values.get(name.toLowerCase()) ?? null,
    has: (name) => values.has(name.toLowerCase()),
    [Symbol.iterator]: () => values.entries(),
  };
}
