/** A request whose body is text, ready to be sent more than once. */
export type OutgoingRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** `manual`: the caller wants to see where it would lead. */
  readonly redirect?: "manual";
};

/** A complete reply: the body was read within the time-out and the size cap. */
export type CompleteReply = {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
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
  send: typeof fetch,
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
  send: typeof fetch,
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
  return { status: response.status, statusText: response.statusText, headers: response.headers, bytes };
}

/** Rejects when the signal fires, for a `fetch` that ignores its signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
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

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** The reply as `fetch` would have given it, with the body already here. */
export function toResponse(reply: CompleteReply, url: string): Response {
  const headers = new Headers(reply.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = WITHOUT_BODY.has(reply.status) ? null : reply.bytes;
  const response = new Response(body, { status: reply.status, statusText: reply.statusText, headers });
  Object.defineProperty(response, "url", { value: url });
  return response;
}
