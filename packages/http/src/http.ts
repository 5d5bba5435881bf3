import {
  type AskInit,
  type Call,
  failCall,
  type HttpOptions,
  type HttpSettings,
  makeCall,
  nameRequest,
} from "./call.ts";
import type { CompleteReply } from "./exchange.ts";
import { type Remedies, takesTooLong } from "./failure.ts";
import { jsonReply } from "./json-reply.ts";
import { judgeTry, type TryResult } from "./judge.ts";
import { createOutboundScan, type Secrets } from "./outbound-scan.ts";
import { exchangeWithRedirects } from "./redirects.ts";
import { RunState } from "./run-state.ts";
import { systemTime } from "./time.ts";
import { type ReplyHeaders, transport } from "./transport.ts";

export type JsonReply<T> = {
  readonly value: T;
  readonly status: number;
  readonly headers: ReplyHeaders;
};

type Ask = (url: string | URL, init?: AskInit) => Promise<CompleteReply>;

export type Http = {
  readonly name: string;
  /**
   * What Octokit asks of a `fetch`, with the rules of this package. Bodies are text.
   * Definite answers come back as responses, refusals (4xx) too, complete and re-readable from memory.
   * @throws HttpFailure `timeout`, `network`, `server` (reads, after all tries), `ambiguous` (writes whose reply was
   * lost or 5xx), `rate-limited`, `too-large`, `rejected` (foreign redirect, secret on the way out), `budget`.
   */
  readonly fetch: Ask;
  /** As `fetch`, for a caller that asks for less after a time-out, a 502 or a 504: these are not tried again as they are. */
  readonly fetchOnce: Ask;
  /**
   * Asks for JSON and checks it.
   * @param parse see `jsonReply`.
   * @throws HttpFailure as `fetch`, and by status for every refusal.
   */
  readonly json: <T>(
    url: string | URL,
    options: { parse: (value: unknown) => T; init?: AskInit; remedies?: Remedies },
  ) => Promise<JsonReply<T>>;
  /** Names secrets that became known after this was made: from now on no request may carry one of them either. */
  readonly guard: (secrets: Secrets) => void;
  /** The newest `Date` header: the provider's clock, which is the only one decisions use. */
  readonly serverTime: () => Date | undefined;
  /** Requests that left this process, tries and redirects included. */
  readonly count: number;
};

/** Makes the one way to talk to a provider in a run. Rules: time-out, retry of reads, rate limits, budget, scan. */
export function createHttp(options: HttpOptions): Http {
  let secrets = options.secrets ?? {};
  let scan = createOutboundScan(secrets);
  const settings = withDefaults(options, (text) => scan(text));
  const { budget = { ms: 240_000 }, name } = options;
  const state = new RunState(name, budget, settings.time);
  const send: Ask = async (url, init = {}) => run(makeCall(settings, state, url, init));
  const fetchOnce: Ask = async (url, init = {}) =>
    run({ ...makeCall(settings, state, url, init), once: true });
  return {
    name,
    fetch: send,
    fetchOnce,
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
  return {
    timeoutMs: 15_000,
    retries: 3,
    time: systemTime,
    isRead: ({ method }) => method === "GET" || method === "HEAD",
    maxReplyBytes: 10 * 1024 * 1024,
    fetch: transport,
    ...options,
    scan,
  };
}

async function run(call: Call): Promise<CompleteReply> {
  refuseSecrets(call);
  for (let attempt = 0; ; attempt += 1) {
    call.state.admit(call.asked, call.read);
    const result = await tryOnce(call, attempt);
    if ("response" in result) return result.response;
    const wait = call.once && takesTooLong(result.failure) ? undefined : result.againAfterMs;
    if (wait === undefined || attempt >= call.settings.retries || wait >= call.state.remainingMs()) {
      // A rate limit that was not waited for stands for the rest of the run.
      if (result.failure.kind === "rate-limited" && call.read) call.state.stopEverything(result.failure);
      throw result.failure;
    }
    await call.settings.time.sleep(wait);
  }
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

async function tryOnce(call: Call, attempt: number): Promise<TryResult> {
  const outcome = await exchangeWithRedirects(call);
  return "failure" in outcome ? outcome : judgeTry(call, outcome, attempt);
}
