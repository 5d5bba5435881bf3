import type { ReplyHeaders } from "./transport.ts";

/**
 * A refusal for asking too much. `primary`: an allowance is used up until its reset. `secondary`: too fast. `concurrent`:
 * too much at the same time, which ends with the requests that are under way.
 */
export type RateLimit = { readonly scope: "primary" | "secondary" | "concurrent"; readonly retryAt: Date };

const SECONDARY_WORDS = /secondary rate limit|abuse detection/i;
const LIMIT_WORDS = /rate limit/i;
/** Sentry's words for it; its header may be lost in a proxy. */
const CONCURRENCY_WORDS = /allowed concurrency|concurrency limit/i;
/** Django REST framework's, as PostHog sends them; they outlive the header in a proxy, too. */
const WAIT_IN_WORDS = /expected available in (\d{1,6}) seconds?/i;
/** GitHub: without a header, wait at least a minute. */
const UNTOLD_WAIT_MS = 60_000;

/**
 * Reads a rate limit out of a 403 or 429, by the provider's own clock.
 * Order after GitHub's documentation: `retry-after`; if nothing remains, the reset; else at least a minute.
 * Sentry sends `X-Sentry-Rate-Limit-Remaining` and `-Reset` (epoch seconds) and no `retry-after`; its reset says nothing
 * about a limit of concurrency, which `-ConcurrentRemaining` shows. With no more said, such a limit is over in a second.
 * @param now the provider's time of the reply, in milliseconds since the epoch.
 */
export function readRateLimit(
  reply: { readonly status: number; readonly headers: ReplyHeaders; readonly text: string },
  now: number,
): RateLimit | undefined {
  const { status, headers, text } = reply;
  if (status !== 429 && status !== 403) return undefined;
  const remaining = first(headers, ["x-ratelimit-remaining", "x-sentry-rate-limit-remaining"]);
  const secondary = SECONDARY_WORDS.test(text);
  const spent = remaining === "0" && !secondary;
  const inWords = status === 429 ? WAIT_IN_WORDS.exec(text)?.[1] : undefined;
  const retryAfter = readRetryAfter(headers.get("retry-after") ?? inWords, now);
  const isConcurrent = status === 429 && !spent && !secondary && isTooManyAtOnce(headers, text);
  const isLimit = status === 429 || secondary || spent || retryAfter !== undefined || LIMIT_WORDS.test(text);
  if (!isLimit) return undefined;
  const reset = spent || hasOnlyReset(headers) ? readReset(headers) : undefined;
  const retryAt = retryAfter ?? (isConcurrent ? now : (reset ?? now + UNTOLD_WAIT_MS));
  const scope = spent ? "primary" : isConcurrent ? "concurrent" : "secondary";
  return { scope, retryAt: new Date(Math.max(retryAt, now + 1_000)) };
}

const isTooManyAtOnce = (headers: ReplyHeaders, text: string): boolean =>
  headers.get("x-sentry-rate-limit-concurrentremaining") === "0" || CONCURRENCY_WORDS.test(text);

/** A window of Sentry's without what remains of it; GitHub's reset is that of the hour. */
const hasOnlyReset = (headers: ReplyHeaders): boolean =>
  headers.has("x-sentry-rate-limit-reset") && !headers.has("x-sentry-rate-limit-remaining");

function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return now + Number(value) * 1_000;
  // Of "-5" the parser makes a year.
  const instant = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function readReset(headers: ReplyHeaders): number | undefined {
  const seconds = Number(first(headers, ["x-ratelimit-reset", "x-sentry-rate-limit-reset"]));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

function first(headers: ReplyHeaders, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && value !== "") return value;
  }
  return undefined;
}
