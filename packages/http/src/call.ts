import type { OutgoingRequest } from "./exchange.ts";
import { HttpFailure, type HttpFailureFacts } from "./failure.ts";
import type { Secrets } from "./outbound-scan.ts";
import type { HttpBudget, RunState } from "./run-state.ts";
import type { Time } from "./time.ts";

/** A request as the rules about it see it. */
export type RequestFacts = {
  readonly method: string;
  readonly url: string;
  readonly body?: string | undefined;
};

export type HttpOptions = {
  /** The provider, for messages: "Sentry". */
  readonly name: string;
  /** Default: Node's own. */
  readonly fetch?: typeof fetch;
  /** One call including its body. Default 15,000. */
  readonly timeoutMs?: number;
  /** Further tries of a read. Default 3. */
  readonly retries?: number;
  /** Whether a request may be sent twice. Default: GET and HEAD. */
  readonly isRead?: (request: RequestFacts) => boolean;
  readonly time?: Time;
  /** Input name -> value; no URL or body may carry one of these values. */
  readonly secrets?: Secrets;
  /** Default: 240 seconds, any number of requests. */
  readonly budget?: HttpBudget;
  /** Default 10 MiB, decoded. */
  readonly maxReplyBytes?: number;
};

/** The options with every default filled in. */
export type HttpSettings = Required<Omit<HttpOptions, "secrets" | "budget">> & {
  /** Names the input whose value a text carries. */
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
  /** What takes too long is not tried again as it is. */
  readonly once?: boolean;
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
  if (!headers.has("user-agent")) headers.set("user-agent", "patchpilot");
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
