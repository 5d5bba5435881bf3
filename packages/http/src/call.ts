import type { OutgoingRequest } from "./exchange.ts";
import { HttpFailure, type HttpFailureFacts } from "./failure.ts";
import type { Secrets } from "./outbound-scan.ts";
import type { HttpBudget, RunState } from "./run-state.ts";
import type { Time } from "./time.ts";
import type { Transport } from "./transport.ts";

/** A request as the rules about it see it. */
export type RequestFacts = {
  readonly method: string;
  readonly url: string;
  readonly body?: string | undefined;
};

export type HttpOptions = {
  /** The provider, for messages: "Sentry". */
  readonly name: string;
  /** Default: Node's own client. */
  readonly fetch?: Transport;
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

/** What callers say of a request; the same as to a `fetch`. */
export type AskInit = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly redirect?: "manual" | "follow" | undefined;
  readonly signal?: AbortSignal | null | undefined;
};

/** @throws TypeError where the address is none, or holds a user's name or password. */
export function makeCall(settings: HttpSettings, state: RunState, input: string | URL, init: AskInit): Call {
  const { href: url, username, password } = new URL(input);
  if (username !== "" || password !== "") throw new TypeError("The URL contains a user name or password.");
  const given = Object.entries(init.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const request: OutgoingRequest = {
    method: (init.method ?? "GET").toUpperCase(),
    url,
    headers: { "user-agent": "patchpilot", ...Object.fromEntries(given) },
    body: init.body,
    ...(init.redirect === "manual" ? { redirect: "manual" } : {}),
  };
  const read = settings.isRead(request);
  const asked = nameRequest(request.method, url);
  return { settings, state, request, read, asked, signal: init.signal ?? undefined };
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
