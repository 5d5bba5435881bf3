import { type Call, failCall } from "./call.ts";
import { type BrokenExchange, type CompleteReply, exchange } from "./exchange.ts";
import type { HttpFailure } from "./failure.ts";

const MAX_REDIRECTS = 3;

/**
 * Follows redirects within the origin; a write only by 307 and 308, which keep the method. Whoever asks with
 * `redirect: "manual"` gets the redirect itself.
 */
export async function exchangeWithRedirects(
  call: Call,
): Promise<CompleteReply | BrokenExchange | { failure: HttpFailure }> {
  const { settings, state } = call;
  let { request } = call;
  for (let hop = 0; ; hop += 1) {
    state.count += 1;
    const timeoutMs = Math.max(1, Math.min(settings.timeoutMs, state.remainingMs()));
    const limits = { timeoutMs, maxReplyBytes: settings.maxReplyBytes };
    const reply = await exchange(settings.fetch, request, limits, call.signal);
    if ("broken" in reply) {
      state.noteFailure();
      return reply;
    }
    if (reply.status >= 500) state.noteFailure();
    else state.noteAnswer(reply.headers.get("date"));
    const location = reply.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(reply.status) || location === null) return reply;
    if (request.redirect === "manual") return reply;
    const target = URL.parse(location, request.url);
    const keepsMethod = call.read ? reply.status !== 303 || request.method !== "POST" : reply.status >= 307;
    const sameOrigin = target !== null && target.origin === new URL(request.url).origin;
    if (!sameOrigin || !keepsMethod || hop >= MAX_REDIRECTS) {
      return { failure: redirected(call, reply.status, target) };
    }
    request = { ...request, url: target.href };
  }
}

function redirected(call: Call, status: number, target: URL | null): HttpFailure {
  const happened = `redirected (${status}) to ${target?.origin ?? "an address that cannot be read"}`;
  const remedy = "It was not followed. Set the URL or the name to the one that answers without a redirect.";
  return failCall(call, "rejected", happened, { status, remedy });
}
