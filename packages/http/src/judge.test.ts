import { expect, test } from "vitest";
import { type HttpSettings, makeCall } from "./call.ts";
import type { BrokenExchange, CompleteReply } from "./exchange.ts";
import { judgeTry } from "./judge.ts";
import { RunState } from "./run-state.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const never = () => Promise.reject(new Error("Nothing is asked, and nothing sleeps."));
const SETTINGS: HttpSettings = {
  ...{ name: "Acme", timeoutMs: 15_000, retries: 3, maxReplyBytes: 1_000, fetch: never },
  ...{ time: { now: () => NOW, sleep: never }, scan: () => undefined },
  isRead: ({ method }) => method === "GET",
};

/** What a try comes to, and whether the run may still write. */
function judge(method: string, outcome: CompleteReply | BrokenExchange, attempt = 0, serverTime?: Date) {
  const state = new RunState("Acme", {}, SETTINGS.time);
  state.serverTime = serverTime;
  const result = judgeTry(makeCall(SETTINGS, state, "https://acme.example/v1", { method }), outcome, attempt);
  if ("response" in result) return { response: result.response };
  const { failure, againAfterMs } = result;
  return { failure, kind: failure.kind, again: againAfterMs, mayWrite: mayWrite(state) };
}

function mayWrite(state: RunState): boolean {
  try {
    state.admit("POST /v1", false);
    return true;
  } catch {
    return false;
  }
}

function reply(status: number, headers: Readonly<Record<string, string>> = {}, body = "{}"): CompleteReply {
  const response = new Response(body, { status, headers });
  const bytes = new TextEncoder().encode(body);
  return {
    ...{ url: "https://acme.example/v1", status, statusText: "", ok: response.ok, headers: response.headers },
    ...{ bytes, text: async () => body, arrayBuffer: async () => bytes.buffer },
  };
}

const reset = (code: unknown): BrokenExchange => ({
  broken: "network",
  cause: new TypeError("fetch failed", { cause: { code } }),
});

test.each([
  ["GET", "ECONNRESET", "network", 500],
  ["GET", "ENOTFOUND", "network", undefined],
  ["GET", "ENOTFOUND_BEFORE", "network", 500],
  ["GET", "NOT_ENOTFOUND", "network", 500],
  ["GET", "CERT_HAS_EXPIRED", "network", undefined],
  ["POST", "CERT_HAS_EXPIRED", "network", undefined],
  ["POST", "ECONNREFUSED", "network", undefined],
  ["POST", "ECONNREFUSED_LATE", "ambiguous", undefined],
  ["POST", "LATE_ECONNREFUSED", "ambiguous", undefined],
  ["POST", "ECONNRESET", "ambiguous", undefined],
] as const)(
  "a %s that ends with %s failed as %s, and is tried again after %s ms",
  (method, code, kind, again) => {
    const judged = judge(method, reset(code));
    expect(judged).toMatchObject({ kind, again });
    expect(judged.failure?.message).toContain(`(${code})`);
  },
);

test("a certificate that is not trusted is named with the variable that helps", () => {
  expect(judge("GET", reset("CERT_HAS_EXPIRED")).failure?.remedy).toContain("NODE_EXTRA_CA_CERTS");
  expect(judge("GET", reset("ECONNRESET")).failure?.remedy).not.toContain("NODE_EXTRA_CA_CERTS");
});

test.each([["with a blank"], ["a.b!"], ["!ab"], [7], [undefined]])(
  "the code %j is not shown, since a server may have written it",
  (code) => {
    expect(judge("GET", reset(code)).failure?.happened).toContain("could not be reached (connection failed)");
  },
);

test("a broken exchange without an error is told, too", () => {
  expect(judge("GET", { broken: "network", cause: undefined }).kind).toBe("network");
});

test.each([
  ["GET", "network", "could not be reached (ECONNRESET)"],
  ["POST", "network", "broke the connection (ECONNRESET)"],
  ["GET", "timeout", "did not answer within 15 s"],
  ["POST", "timeout", "did not answer within 15 s"],
] as const)("a %s that ended by %s says so, and keeps its cause", (method, broken, happened) => {
  const { cause } = reset("ECONNRESET");
  const { failure } = judge(method, { broken, cause });
  expect([failure?.happened, failure?.cause]).toEqual([`Acme ${happened} (${method} /v1).`, cause]);
});

test("a reply that is too large is named with the limit, and a write may have happened", () => {
  const [read, write] = ["GET", "POST"].map((method) =>
    judge(method, { broken: "too-large", cause: undefined }),
  );
  expect([read?.kind, write?.kind, read?.failure?.happened]).toEqual([
    "too-large",
    "ambiguous",
    "Acme sent more than 1000 bytes (GET /v1).",
  ]);
});

test.each([
  [{}, 0, 500],
  [{}, 2, 2_000],
  [{ "retry-after": "7" }, 0, 7_000],
  [{ "retry-after": "60" }, 0, 60_000],
  [{ "retry-after": "61" }, 0, undefined],
  [{ "retry-after": "soon" }, 0, 500],
] as const)(
  "a read that a server with %j fails is, at try %i, tried again after %s ms",
  (headers, attempt, again) => {
    expect(judge("GET", reply(503, headers), attempt)).toMatchObject({ kind: "server", again });
  },
);

const primary = (wait: number) => reply(403, { "x-ratelimit-remaining": "0", "retry-after": `${wait}` });
const secondary = (wait: number) => reply(429, { "retry-after": `${wait}` });

test.each([
  ["GET", "primary", primary(10), 10_000, true],
  ["GET", "primary", primary(11), 11_000, true],
  ["GET", "primary", primary(60), 60_000, true],
  ["GET", "primary", primary(61), undefined, true],
  ["GET", "secondary", secondary(10), 10_000, true],
  ["GET", "secondary", secondary(11), 11_000, false],
  ["POST", "primary", primary(10), 10_000, true],
  ["POST", "primary", primary(11), undefined, false],
  ["POST", "secondary", secondary(11), undefined, false],
] as const)(
  "a %s at a %s limit waits as long as it may, or stops all writes (case %#)",
  (method, _, limit, again, writes) => {
    expect(judge(method, limit)).toMatchObject({ kind: "rate-limited", again, mayWrite: writes });
  },
);

const CONCURRENT = reply(429, { "x-sentry-rate-limit-concurrentremaining": "0" });

test("only a limit of concurrency is waited for longer at each try", () => {
  expect([judge("GET", CONCURRENT, 3).again, judge("GET", secondary(1), 3).again]).toEqual([4_000, 1_000]);
});

test.each([
  [primary(1), "allows no more requests"],
  [secondary(1), "asks to slow down"],
  [CONCURRENT, "is asked too much at the same time"],
])("the limit says what it is (case %#)", (limit, words) => {
  expect(judge("GET", limit).failure?.happened).toBe(`Acme ${words} (GET /v1).`);
});

const AT_NOON_AND_FIVE = "Mon, 30 Nov 2026 12:00:05 GMT";

test("a limit ends by the provider's clock: that of the reply, else of an earlier one, else ours", () => {
  const until = (date: Readonly<Record<string, string>>) =>
    reply(429, { "retry-after": AT_NOON_AND_FIVE, ...date });
  expect([
    judge("GET", until({ date: "Mon, 30 Nov 2026 12:00:02 GMT" })).again,
    judge("GET", until({}), 0, new Date(NOW + 1_000)).again,
    judge("GET", until({})).again,
  ]).toEqual([3_000, 4_000, 5_000]);
});

test.each([200, 404, 422])("a reply with %i is handed out, whatever it says of limits", (status) => {
  const answer = reply(
    status,
    { "x-ratelimit-remaining": "0", "retry-after": "9" },
    '{"message":"rate limit"}',
  );
  expect(judge("GET", answer)).toEqual({ response: answer });
});
