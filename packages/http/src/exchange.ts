import type { IncomingReply, ReplyHeaders, Transport } from "./transport.ts";

/** A request whose body is text, ready to be sent more than once. */
export type OutgoingRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** `manual`: the caller wants to see where it would lead. */
  readonly redirect?: "manual";
};

/** A complete reply: the body was read within the time-out and the size cap. Has what callers use of a `Response`. */
export type CompleteReply = {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  readonly headers: ReplyHeaders;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: () => Promise<string>;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
};

/** One exchange that brought no complete reply. */
export type BrokenExchange = {
  readonly broken: "timeout" | "network" | "too-large";
  readonly cause: unknown;
};

export type ExchangeLimits = { readonly timeoutMs: number; readonly maxReplyBytes: number };

/**
 * Sends a request once and reads the whole reply. One time-out covers connecting, waiting and the body.
 * Redirects come back as replies: whether to follow them is the caller's decision.
 * @throws only what the caller's own `signal` aborts with.
 */
export async function exchange(
  send: Transport,
  request: OutgoingRequest,
  limits: ExchangeLimits,
  signal?: AbortSignal,
): Promise<CompleteReply | BrokenExchange> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), limits.timeoutMs);
  try {
    const whole = readWhole(
      send,
      request,
      limits,
      signal ? AbortSignal.any([timeout.signal, signal]) : timeout.signal,
    );
    return await Promise.race([whole, aborted(timeout.signal)]);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    return { broken: timeout.signal.aborted ? "timeout" : "network", cause: error };
  } finally {
    clearTimeout(timer);
  }
}

async function readWhole(
  send: Transport,
  request: OutgoingRequest,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<CompleteReply | BrokenExchange> {
  const response = await send(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: "manual",
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const bytes = await readBytes(response, limits.maxReplyBytes);
  if (bytes === undefined) return { broken: "too-large", cause: undefined };
  const { status, statusText, headers } = response;
  return {
    url: request.url,
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers,
    bytes,
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.buffer,
  };
}

/** Rejects when the signal fires, for a transport that ignores its signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function readBytes(
  response: IncomingReply,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
