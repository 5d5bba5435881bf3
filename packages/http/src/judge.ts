import { type Call, failCall } from "./call.ts";
import type { BrokenExchange, CompleteReply } from "./exchange.ts";
import type { HttpFailure } from "./failure.ts";
import { readDetail } from "./json-reply.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";

/** What one try came to: a reply to hand out, or a failure, which may be tried again after a wait. */
export type TryResult =
  | { readonly response: CompleteReply }
  | { readonly failure: HttpFailure; readonly againAfterMs?: number | undefined };

/** The first wait; the next ones are twice as long each. */
const FIRST_WAIT_MS = 500;
/** A rate limit that ends later than this ends the run's requests instead. */
const LONGEST_WAIT_MS = 60_000;
/** A refusal is definite: a write may be sent again after it. One that lasts longer ends the run's writes. */
const LONGEST_WAIT_OF_WRITES_MS = 10_000;

/** What a reply or its absence means for the call: hand it out, try again after a wait, or fail. */
export function judgeTry(call: Call, outcome: CompleteReply | BrokenExchange, attempt: number): TryResult {
  const backoff = FIRST_WAIT_MS * 2 ** attempt;
  if ("broken" in outcome) return judgeBroken(call, outcome, backoff);
  if (outcome.status >= 500) return judgeServerError(call, outcome, backoff);
  const limit = findLimit(call, outcome);
  if (limit) return judgeLimit(call, outcome, limit, backoff);
  return { response: outcome };
}

/** Errors of a connection that was never made: the request cannot have had an effect. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|ERR_PROXY_TUNNEL)$/;
const TLS_FAULT = /CERT|TLS|SSL|SELF_SIGNED/;
/** Errors that the next second will not heal. */
const LASTING = /^ENOTFOUND$/;

function judgeBroken(call: Call, { broken, cause }: BrokenExchange, againAfterMs: number): TryResult {
  const { settings } = call;
  if (broken === "too-large") {
    const happened = `sent more than ${settings.maxReplyBytes} bytes`;
    return { failure: failCall(call, call.read ? "too-large" : "ambiguous", happened) };
  }
  if (broken === "timeout") {
    const happened = `did not answer within ${settings.timeoutMs / 1_000} s`;
    if (!call.read) return { failure: failCall(call, "ambiguous", happened, { cause }) };
    return { failure: failCall(call, "timeout", happened, { cause }), againAfterMs };
  }
  const code = readErrorCode(cause);
  const tls = TLS_FAULT.test(code);
  const remedy = tls
    ? "Its certificate is not trusted here: NODE_EXTRA_CA_CERTS can name your own authority."
    : undefined;
  const happened = `could not be reached (${code})`;
  if (!call.read && !tls && !NEVER_SENT.test(code)) {
    return { failure: failCall(call, "ambiguous", `broke the connection (${code})`, { cause }) };
  }
  const failure = failCall(call, "network", happened, { cause, remedy });
  return call.read && !tls && !LASTING.test(code) ? { failure, againAfterMs } : { failure };
}

function readErrorCode(cause: unknown): string {
  const inner = (cause as { cause?: { code?: unknown } } | undefined)?.cause;
  const code = inner?.code ?? (cause as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^\w+$/.test(code) ? code : "connection failed";
}

function judgeServerError(call: Call, reply: CompleteReply, againAfterMs: number): TryResult {
  const facts = { status: reply.status, detail: readDetail(decodeText(reply)) };
  const happened = `answered ${reply.status}`;
  if (!call.read) return { failure: failCall(call, "ambiguous", happened, facts) };
  const told = Number(reply.headers.get("retry-after") ?? 0) * 1_000;
  const wait = Math.max(againAfterMs, Number.isFinite(told) ? told : 0);
  const failure = failCall(call, "server", happened, facts);
  return wait <= LONGEST_WAIT_MS ? { failure, againAfterMs: wait } : { failure };
}

function findLimit(call: Call, reply: CompleteReply): RateLimit | undefined {
  if (reply.status !== 403 && reply.status !== 429) return undefined;
  return readRateLimit({ ...reply, text: decodeText(reply) }, readClock(call, reply));
}

/** The provider's clock at this reply; the local one only where the provider never told. */
function readClock({ state, settings }: Call, reply: CompleteReply): number {
  const date = Date.parse(reply.headers.get("date") ?? "");
  return Number.isNaN(date) ? (state.serverTime?.getTime() ?? settings.time.now()) : date;
}

const LIMITED: Record<RateLimit["scope"], string> = {
  primary: "allows no more requests",
  secondary: "asks to slow down",
  concurrent: "is asked too much at the same time",
};

function judgeLimit(call: Call, reply: CompleteReply, limit: RateLimit, backoff: number): TryResult {
  const { state } = call;
  const { retryAt, scope } = limit;
  const facts = { status: reply.status, retryAt, detail: readDetail(decodeText(reply)) };
  const failure = failCall(call, "rate-limited", LIMITED[scope], facts);
  const wait = retryAt.getTime() - readClock(call, reply);
  const againAfterMs = scope === "concurrent" ? Math.max(wait, backoff) : wait;
  const isShort = againAfterMs <= LONGEST_WAIT_OF_WRITES_MS;
  if (!isShort && (!call.read || scope === "secondary")) state.stopWrites(failure);
  return isShort || (call.read && againAfterMs <= LONGEST_WAIT_MS) ? { failure, againAfterMs } : { failure };
}

function decodeText(reply: CompleteReply): string {
  return new TextDecoder().decode(reply.bytes.subarray(0, 10_000));
}
