import { type Call, failCall, type HttpSettings, makeCall, nameRequest, type RequestFacts } from "./call.ts";
import type { HttpFailure, Remedies } from "./failure.ts";
import { jsonReply } from "./json-reply.ts";
import { judgeTry, type TryResult } from "./judge.ts";
import { createOutboundScan, type Secrets } from "./outbound-scan.ts";
import { type Pacing, unpaced } from "./pacing.ts";
import { exchangeWithRedirects } from "./redirects.ts";
import { type HttpBudget, RunState } from "./run-state.ts";
import { systemTime, type Time } from "./time.ts";

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
  /** Default: none. */
  readonly pacing?: Pacing;
  /** Pacing tokens that a request takes. Default: 1 for a write, 0 for a read. */
  readonly costOf?: (request: RequestFacts) => number;
  readonly userAgent?: string;
  /** Default 10 MiB, decoded. */
  readonly maxReplyBytes?: number;
  /** A rate limit that ends later than this ends the run's requests instead. Default 60,000. */
  readonly maxWaitMs?: number;
  /** Failures in a row after which nothing more is asked in this run. Default 5. */
  readonly breakerAfter?: number;
  /** Added to a retry's wait, in milliseconds. Default: nothing. */
  readonly jitter?: (attempt: number) => number;
};

export type JsonReply<T> = {
  readonly value: T;
  readonly status: number;
  readonly headers: Headers;
};

export type Http = {
  readonly name: string;
  /**
   * `fetch` with the rules of this package; fits wherever a `fetch` is asked for. Bodies are text.
   * Definite answers come back as responses, refusals (4xx) too, complete and re-readable from memory.
   * @throws HttpFailure `timeout`, `network`, `server` (reads, after all tries), `ambiguous` (writes whose reply was
   * lost or 5xx), `rate-limited`, `unreadable` (too large), `rejected` (foreign redirect, secret on the way out), `budget`.
   */
  readonly fetch: typeof fetch;
  /**
   * Asks for JSON and checks it.
   * @param parse see `jsonReply`.
   * @throws HttpFailure as `fetch`, and by status for every refusal.
   */
  readonly json: <T>(
    url: string | URL,
    options: { parse: (value: unknown) => T; init?: RequestInit; remedies?: Remedies },
  ) => Promise<JsonReply<T>>;
  /** Names secrets that became known after this was made: from now on no request may carry one of them either. */
  readonly guard: (secrets: Secrets) => void;
  /** The newest `Date` header: the provider's clock, which is the only one decisions use. */
  readonly serverTime: () => Date | undefined;
  /** Requests that left this process, tries and redirects included. */
  readonly count: number;
};

/** Makes the one way to talk to a provider in a run. Rules: time-out, retry of reads, rate limits, budget, pacing, scan. */
export function createHttp(options: HttpOptions): Http {
  let secrets = options.secrets ?? {};
  let scan = createOutboundScan(secrets);
  const settings = withDefaults(options, (text) => scan(text));
  const { budget = { ms: 240_000 }, name } = options;
  const state = new RunState({ provider: name, budget, breakerAfter: settings.breakerAfter }, settings.time);
  const send: typeof fetch = async (input, init) =>
    run(await makeCall(settings, state, new Request(input, init), init?.signal));
  return {
    name,
    fetch: send,
    json: async (url, { parse, init = {}, remedies }) => {
      const response = await send(url, init);
      const asked = nameRequest(init.method ?? "GET", String(url));
      const value = await jsonReply(response, parse, { provider: name, asked, remedies });
      return { value, status: response.status, headers: response.headers };
    },
    guard: (more) => {
      secrets = { ...secrets, ...more };
      scan = createOutboundScan(secrets);
    },
    serverTime: () => state.serverTime,
    get count() {
      return state.count;
    },
  };
}

function withDefaults(options: HttpOptions, scan: HttpSettings["scan"]): HttpSettings {
  const isRead = options.isRead ?? (({ method }) => method === "GET" || method === "HEAD");
  return {
    timeoutMs: 15_000,
    retries: 3,
    time: systemTime,
    pacing: unpaced,
    maxReplyBytes: 10 * 1024 * 1024,
    maxWaitMs: 60_000,
    breakerAfter: 5,
    jitter: () => 0,
    userAgent: "patchpilot",
    costOf: (request) => (isRead(request) ? 0 : 1),
    ...options,
    isRead,
    // Looked up at each call, so that a proxy or a test may replace the global one.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    scan,
  };
}

async function run(call: Call): Promise<Response> {
  refuseSecrets(call);
  await pace(call);
  for (let attempt = 0; ; attempt += 1) {
    call.state.admit(call.asked, call.read);
    const result = await tryOnce(call, attempt);
    if ("response" in result) return result.response;
    const wait = result.againAfterMs;
    if (wait === undefined || attempt >= call.settings.retries || wait > call.state.remainingMs()) {
      throw settle(call, result.failure);
    }
    await call.settings.time.sleep(wait);
  }
}

/** A rate limit that was not waited for stands for the rest of the run. */
function settle(call: Call, failure: HttpFailure): HttpFailure {
  if (failure.kind === "rate-limited" && call.read) call.state.stopEverything(failure);
  return failure;
}

function refuseSecrets(call: Call): void {
  const { scan } = call.settings;
  const { url, body } = call.request;
  const input = scan(url) ?? scan(decode(url)) ?? (body === undefined ? undefined : scan(body));
  if (input === undefined) return;
  const happened = `was not asked: the request would carry the value of the input ${input}`;
  const remedy = "Nothing was sent. Find where that value entered the evidence, and replace the secret.";
  throw failCall(call, "rejected", happened, { remedy });
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll("+", " "));
  } catch {
    return url;
  }
}

async function pace(call: Call): Promise<void> {
  const { pacing, costOf } = call.settings;
  const cost = costOf(call.request);
  if (cost <= 0) return;
  call.state.admit(call.asked, call.read);
  if (pacing.waitFor(cost) > call.state.remainingMs()) {
    throw failCall(call, "budget", "was not asked: pacing would outlast this run's budget");
  }
  await pacing.take(cost);
}

async function tryOnce(call: Call, attempt: number): Promise<TryResult> {
  const outcome = await exchangeWithRedirects(call);
  return "failure" in outcome ? outcome : judgeTry(call, outcome, attempt);
}
