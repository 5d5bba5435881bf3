import { answerJson, answerText, type Exchange, type FaultKind } from "./fault-kind.ts";

type Headers = Readonly<Record<string, string>>;
type Refusal = {
  readonly status: number;
  readonly message: string;
  readonly headers?: (exchange: Exchange) => Headers;
  readonly isBelievable?: true;
};

const DOCUMENTED = "https://docs.github.com/rest";

const refuse = (exchange: Exchange, { status, message, headers }: Refusal): Response => {
  const date = new Date(exchange.time.now()).toUTCString();
  const body = { message, detail: message, documentation_url: DOCUMENTED, status: String(status) };
  return answerJson(body, status, { date, ...headers?.(exchange) });
};

/** The service says no and has done nothing. */
const refused = (kind: string, wire: string, refusal: Refusal): FaultKind => ({
  kind,
  wire,
  effect: "none",
  isAmbiguous: refusal.status >= 500,
  ...(refusal.isBelievable ? { isBelievable: true } : {}),
  happen: async (exchange) => refuse(exchange, refusal),
});

/** It has been done, and what is in between answers with an error. */
const failedAfter = (kind: string, wire: string, reply: (exchange: Exchange) => Response): FaultKind => ({
  kind,
  wire,
  effect: "done",
  isAmbiguous: true,
  happen: async (exchange) => {
    await exchange.pass();
    return reply(exchange);
  },
});

const inSeconds = ({ time }: Exchange, seconds: number): number => Math.floor(time.now() / 1_000) + seconds;

const SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
const GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

const retryAfter = (value: string) => () => ({ "retry-after": value });

const tooMany = (kind: string, wire: string, wait: (exchange: Exchange) => string): FaultKind =>
  refused(kind, wire, {
    status: 429,
    message: "Too many requests",
    headers: (exchange) => ({ "retry-after": wait(exchange) }),
  });

export const REFUSALS: readonly FaultKind[] = [
  refused("400", "400: the request is malformed", { status: 400, message: "Problems parsing JSON" }),
  refused("401", "401: the token has expired", { status: 401, message: "Bad credentials" }),
  refused("403-plain", "403: a permission is missing", {
    status: 403,
    message: "Resource not accessible by integration",
  }),
  refused("403-secondary-short", "403: too fast, Retry-After 3", {
    status: 403,
    message: SECONDARY,
    headers: retryAfter("3"),
  }),
  refused("403-secondary-long", "403: too fast, Retry-After 600", {
    status: 403,
    message: SECONDARY,
    headers: retryAfter("600"),
  }),
  refused("403-secondary-untold", "403: too fast, without Retry-After", { status: 403, message: SECONDARY }),
  refused("403-primary", "403: the hour's allowance is used up", {
    status: 403,
    message: "API rate limit exceeded for installation ID 1.",
    headers: (exchange) => ({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(inSeconds(exchange, 1_800)),
    }),
  }),
  refused("404", "404, though it exists", { status: 404, message: "Not Found", isBelievable: true }),
  refused("409", "409: something else changes it", { status: 409, message: "Conflict" }),
  refused("410", "410: it is gone", { status: 410, message: "This issue was deleted", isBelievable: true }),
  refused("422", "422: the values are refused", { status: 422, message: "Validation Failed" }),
  tooMany("429-seconds", "429 with Retry-After 2", () => "2"),
  tooMany("429-long", "429 with Retry-After 900", () => "900"),
  tooMany("429-date", "429 with Retry-After as a date, in 4 seconds", (exchange) =>
    new Date(inSeconds(exchange, 4) * 1_000).toUTCString(),
  ),
  tooMany("429-absurd", "429 with Retry-After 99999999999", () => "99999999999"),
  tooMany("429-words", "429 with Retry-After soon", () => "soon"),
  refused("451", "451: a court has it taken down", { status: 451, message: "Repository access blocked" }),
  refused("500-before", "500, and nothing was done", { status: 500, message: "Server Error" }),
  refused("503-wait", "503 with Retry-After 5, and nothing was done", {
    status: 503,
    message: "Service Unavailable",
    headers: retryAfter("5"),
  }),
  refused("503-absurd", "503 with Retry-After 99999999999", {
    status: 503,
    message: "Service Unavailable",
    headers: retryAfter("99999999999"),
  }),
  failedAfter("500-after", "500, though it was done", (exchange) =>
    refuse(exchange, { status: 500, message: "Server Error" }),
  ),
  failedAfter("502-html", "502 in HTML, though it was done", () => answerText(GATEWAY, 502, "text/html")),
  failedAfter("504-after", "504, though it was done", () => answerText(GATEWAY, 504, "text/html")),
];
