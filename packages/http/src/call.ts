import type { OutgoingRequest } from "./exchange.ts";
import { HttpFailure, type HttpFailureFacts } from "./failure.ts";
import type { Pacing } from "./pacing.ts";
import type { RunState } from "./run-state.ts";
import type { Time } from "./time.ts";

/** A request as the rules about it see it. */
export type RequestFacts = {
  readonly method: string;
  readonly url: string;
  readonly body?: string | undefined;
};

/** The options of `createHttp` with every default filled in; said there. */
export type HttpSettings = {
  readonly name: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly isRead: (request: RequestFacts) => boolean;
  readonly time: Time;
  readonly pacing: Pacing;
  readonly costOf: (request: RequestFacts) => number;
  readonly userAgent: string;
  readonly maxReplyBytes: number;
  readonly maxWaitMs: number;
  readonly breakerAfter: number;
  readonly jitter: (attempt: number) => number;
  readonly scan: (text: string) => string | undefined;
};

/** One call of `fetch`, which may take several tries. */
export type Call = {
  readonly settings: HttpSettings;
  readonly state: RunState;
  readonly request: OutgoingRequest;
  readonly read: boolean;
  readonly asked: string;
  readonly signal: AbortSignal | undefined;
};

/** Reads a request's body, so that it can be scanned and sent more than once. */
export async function makeCall(
  settings: HttpSettings,
  state: RunState,
  request: Request,
  signal: AbortSignal | null | undefined,
): Promise<Call> {
  const body = request.body === null ? undefined : await request.text();
  const headers = new Headers(request.headers);
  if (!headers.has("user-agent")) headers.set("user-agent", settings.userAgent);
  const outgoing: OutgoingRequest = {
    method: request.method,
    url: request.url,
    headers,
    body,
    ...(request.redirect === "manual" ? { redirect: "manual" } : {}),
  };
  const read = settings.isRead(outgoing);
  const asked = nameRequest(request.method, request.url);
  return { settings, state, request: outgoing, read, asked, signal: signal ?? undefined };
}

/** "GET /api/0/organizations/acme/": no host, no query, nothing that could be a token. */
export function nameRequest(method: string, url: string): string {
  const path = new URL(url).pathname;
  return `${method.toUpperCase()} ${path.length > 160 ? `${path.slice(0, 160)}…` : path}`;
}

/** A failure of this call, named as the provider and the question. */
export function failCall(
  call: Call,
  kind: HttpFailure["kind"],
  happened: string,
  more: Partial<HttpFailureFacts> = {},
): HttpFailure {
  return new HttpFailure({ ...more, kind, provider: call.settings.name, asked: call.asked, happened });
}
