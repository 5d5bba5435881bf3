import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHttp, type HttpOptions, type Time } from "./index.ts";
import { catchFailure } from "./testing/failures.ts";

type Answer = Response | Error | "hang";

/** A clock that only sleeping moves. */
function testTime(): Time & { readonly slept: number[] } {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** An `Http` whose provider gives these answers in turn, the last one for ever. */
function withAnswers(answers: readonly (() => Answer)[], options: Partial<HttpOptions> = {}) {
  const time = testTime();
  const asked: { url: string; init: RequestInit }[] = [];
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = (answers[asked.length] ?? answers.at(-1))?.();
    asked.push({ url: String(input), init: init ?? {} });
    if (answer === "hang") return new Promise(() => undefined);
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error("no answer");
    return answer;
  };
  return { http: createHttp({ name: "Acme", fetch: send, time, ...options }), asked, time };
}

const ok = () => new Response('{"a":1}', { headers: { "content-type": "application/json" } });
const status =
  (code: number, headers: Record<string, string> = {}, body = "{}") =>
  () =>
    new Response(body, { status: code, headers: { "content-type": "application/json", ...headers } });
const broken = (code: string) => () => new TypeError("fetch failed", { cause: { code } });
const url = "https://api.example/v1/things?q=1";

describe("a read", () => {
  it("is tried again after a 502, with waits that double", async () => {
    const { http, time } = withAnswers([status(502), status(502), status(502), ok]);
    expect((await http.fetch(url)).status).toBe(200);
    expect(time.slept).toEqual([500, 1_000, 2_000]);
    expect(http.count).toBe(4);
  });

  it("ends as a server failure when every try fails", async () => {
    const { http } = withAnswers([status(503, {}, '{"detail":"brown-out"}')]);
    const failure = await catchFailure(http.fetch(url));
    expect(failure.kind).toBe("server");
    expect(failure.message).toContain('Acme answered 503: "brown-out" (GET /v1/things).');
    expect(http.count).toBe(4);
  });

  it("is tried again after a broken connection", async () => {
    const { http } = withAnswers([broken("ECONNRESET"), ok]);
    expect((await http.fetch(url)).status).toBe(200);
  });

  it("by HEAD is tried again, too", async () => {
    const { http } = withAnswers([status(502), () => new Response()]);
    expect((await http.fetch(url, { method: "HEAD" })).status).toBe(200);
  });

  it("is not waited for longer than the run may last", async () => {
    const { http, time } = withAnswers([status(429, { "retry-after": "7" }), ok], { budget: { ms: 7_000 } });
    expect((await catchFailure(http.fetch(url))).kind).toBe("rate-limited");
    expect(time.slept).toEqual([]);
  });

  it("is not tried again where the name does not exist", async () => {
    const { http } = withAnswers([broken("ENOTFOUND")]);
    expect((await catchFailure(http.fetch(url))).kind).toBe("network");
    expect(http.count).toBe(1);
  });

  it("waits as long as Retry-After says", async () => {
    const { http, time } = withAnswers([status(429, { "retry-after": "7" }), ok]);
    await http.fetch(url);
    expect(time.slept).toEqual([7_000]);
  });

  it("waits for Sentry's reset by Sentry's clock", async () => {
    const headers = {
      date: "Sat, 21 Nov 2026 07:00:00 GMT",
      "x-sentry-rate-limit-remaining": "0",
      "x-sentry-rate-limit-reset": String(Date.UTC(2026, 10, 21, 7, 0, 4) / 1_000),
    };
    const { http, time } = withAnswers([status(429, headers), ok]);
    await http.fetch(url);
    expect(time.slept).toEqual([4_000]);
  });

  it("does not wait for Sentry's window where only too much was asked at the same time", async () => {
    const refusal = status(429, {
      "x-sentry-rate-limit-concurrentremaining": "0",
      "x-sentry-rate-limit-remaining": "39",
      date: "Sat, 21 Nov 2026 07:00:00 GMT",
      "x-sentry-rate-limit-reset": String(Date.UTC(2026, 10, 21, 7, 0, 50) / 1_000),
    });
    const { http, time } = withAnswers([refusal, refusal, refusal, ok]);
    expect((await http.fetch(url)).status).toBe(200);
    expect(time.slept).toEqual([1_000, 1_000, 2_000]);
  });

  it("follows a redirect within the origin", async () => {
    const { http, asked } = withAnswers([status(301, { location: "/v1/things/" }), ok]);
    expect((await http.fetch(url)).status).toBe(200);
    expect(asked[1]?.url).toBe("https://api.example/v1/things/");
  });

  it("hands a redirect to a caller that asks for it by `manual`", async () => {
    const { http } = withAnswers([status(302, { location: "https://storage.example/x?sig=1" })]);
    const reply = await http.fetch(url, { redirect: "manual" });
    expect([reply.status, reply.headers.get("location")]).toEqual([302, "https://storage.example/x?sig=1"]);
    expect(http.count).toBe(1);
  });

  it("never follows a redirect to another origin", async () => {
    const { http } = withAnswers([status(302, { location: "http://169.254.169.254/latest" })]);
    const failure = await catchFailure(http.fetch(url));
    expect(failure.kind).toBe("rejected");
    expect(failure.message).toContain("http://169.254.169.254");
  });

  it("hands a 404 out as a response", async () => {
    const { http } = withAnswers([status(404)]);
    expect((await http.fetch(url)).status).toBe(404);
  });

  it("is cut where the reply exceeds the cap", async () => {
    const { http } = withAnswers([() => new Response("x".repeat(101))], { maxReplyBytes: 100 });
    expect((await catchFailure(http.fetch(url))).kind).toBe("too-large");
  });

  it.each([502, 504])("is sent once by a caller that would ask for less after a %i", async (code) => {
    const { http } = withAnswers([status(code), ok]);
    expect(await catchFailure(http.fetchOnce(url))).toMatchObject({ kind: "server", status: code });
    expect(http.count).toBe(1);
  });

  it("is tried again by such a caller, too, if its size is not the reason", async () => {
    const { http } = withAnswers([status(503), broken("ECONNRESET"), ok]);
    expect((await http.fetchOnce(url)).status).toBe(200);
  });
});

describe("a write", () => {
  const post = { method: "POST", body: "{}" };

  it.each([
    ["is ambiguous after a lost reply", broken("ECONNRESET"), "ambiguous"],
    ["is ambiguous after a 502", status(502), "ambiguous"],
    ["is not redirected by 301", status(301, { location: "/elsewhere" }), "rejected"],
  ])("%s, and sent once", async (_, answer, kind) => {
    const { http } = withAnswers([answer, ok]);
    expect((await catchFailure(http.fetch(url, post))).kind).toBe(kind);
    expect(http.count).toBe(1);
  });

  it("is not ambiguous where no connection was made", async () => {
    const { http } = withAnswers([broken("ECONNREFUSED")]);
    expect((await catchFailure(http.fetch(url, post))).kind).toBe("network");
  });

  it("is the last one of the run after a secondary rate limit", async () => {
    const { http } = withAnswers([status(403, { "retry-after": "30" }), ok]);
    expect((await catchFailure(http.fetch(url, post))).kind).toBe("rate-limited");
    expect((await catchFailure(http.fetch(url, post))).kind).toBe("rate-limited");
    expect(http.count).toBe(1);
    expect((await http.fetch(url)).status).toBe(200);
  });

  it("is sent again after a refusal that lasts a few seconds, and lets the others go on", async () => {
    const { http, time } = withAnswers([status(403, { "retry-after": "2" }), ok, ok]);
    expect((await http.fetch(url, post)).status).toBe(200);
    expect([time.slept, (await http.fetch(url, post)).status]).toEqual([[2_000], 200]);
  });

  it("counts as a read where the caller says so", async () => {
    const isRead = ({ body }: { body?: string | undefined }) => body?.includes("query") === true;
    const { http } = withAnswers([status(502), ok], { isRead });
    expect((await http.fetch(url, { method: "POST", body: '{"query":"query { viewer }"}' })).status).toBe(
      200,
    );
  });
});

describe("a run", () => {
  it("reads nothing more once the primary limit is spent, and tells the reset", async () => {
    const headers = {
      date: "Sat, 21 Nov 2026 07:00:00 GMT",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Date.UTC(2026, 10, 21, 7, 40) / 1_000),
    };
    const { http } = withAnswers([status(403, headers)]);
    await catchFailure(http.fetch(url));
    const second = await catchFailure(http.fetch(url));
    expect(second.retryAt?.toISOString()).toBe("2026-11-21T07:40:00.000Z");
    expect(http.count).toBe(1);
  });

  it("asks nothing more after five failures in a row", async () => {
    const { http } = withAnswers([status(500)]);
    await catchFailure(http.fetch(url));
    await catchFailure(http.fetch(url));
    const failure = await catchFailure(http.fetch(url));
    expect(http.count).toBe(5);
    expect(failure.message).toContain("was not asked again after 5 failures in a row");
  });

  it("keeps its budget of requests", async () => {
    const { http } = withAnswers([ok], { budget: { requests: 1 } });
    await http.fetch(url);
    expect((await catchFailure(http.fetch(url))).kind).toBe("budget");
  });

  it.each<[number, Partial<HttpOptions>]>([
    [1_000, { budget: { ms: 1_000 } }],
    [240_000, {}],
  ])("keeps its budget of %i ms", async (milliseconds, options) => {
    const { http, time } = withAnswers([ok], options);
    await http.fetch(url);
    await time.sleep(milliseconds);
    expect((await catchFailure(http.fetch(url))).kind).toBe("budget");
  });

  it("knows the newest time that the provider told", async () => {
    const { http } = withAnswers([
      status(200, { date: "Sat, 21 Nov 2026 07:00:05 GMT" }),
      status(200, { date: "Sat, 21 Nov 2026 07:00:01 GMT" }),
    ]);
    expect(http.serverTime()).toBeUndefined();
    await http.fetch(url);
    await http.fetch(url);
    expect(http.serverTime()?.toISOString()).toBe("2026-11-21T07:00:05.000Z");
  });
});

describe("the time-out of a call", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const trickle = () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));

  it.each<[string, () => Answer, Partial<HttpOptions>, { method?: string; body?: string }, string]>([
    ["covers a reply that never comes", () => "hang", { retries: 0 }, {}, "timeout"],
    ["covers a body that trickles", trickle, { retries: 0 }, {}, "timeout"],
    ["makes a write ambiguous", () => "hang", {}, { method: "POST", body: "{}" }, "ambiguous"],
  ])("%s", async (_, answer, options, init, kind) => {
    const { http } = withAnswers([answer], options);
    const failure = catchFailure(http.fetch(url, init));
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await failure).kind).toBe(kind);
  });
});

describe("what leaves the process", () => {
  const secrets = { "sentry-token": 'sntryu_"0123\n456789', "vercel-token": "a b secret" };
  it.each([
    ["raw", { body: 'x sntryu_"0123\n456789 y' }],
    ["escaped in JSON", { body: JSON.stringify({ text: 'sntryu_"0123\n456789' }) }],
    ["in base64", { body: Buffer.from('ab sntryu_"0123\n456789').toString("base64") }],
    ["in a URL", { query: encodeURIComponent('sntryu_"0123\n456789').toLowerCase() }],
    ["in a form", { query: "a+b+%73ecret" }],
  ])("never holds a secret %s", async (_, sent: { body?: string; query?: string }) => {
    const { http } = withAnswers([ok], { secrets });
    const address = sent.query ? `${url}&x=${sent.query}` : url;
    const failure = await catchFailure(
      http.fetch(address, sent.body === undefined ? {} : { method: "POST", body: sent.body }),
    );
    expect(failure.message).toMatch(/the input (sentry|vercel)-token .*Nothing was sent\. Find where/);
    expect(http.count).toBe(0);
  });

  it("never holds a secret that became known later, nor an earlier one", async () => {
    const { http } = withAnswers([ok], { secrets: { "sentry-token": "sntryu_123456789" } });
    http.guard({ "state-key": "hunter2-hunter2" });
    for (const body of ["hunter2-hunter2", "sntryu_123456789"]) {
      const failure = await catchFailure(http.fetch(url, { method: "POST", body }));
      expect(failure).toMatchObject({ kind: "rejected" });
    }
    expect(http.count).toBe(0);
  });

  it("may hold the token in the Authorization header", async () => {
    const { http, asked } = withAnswers([ok], { secrets: { "sentry-token": "sntryu_123456789" } });
    await http.fetch(url, { headers: { authorization: "Bearer sntryu_123456789" } });
    expect(new Headers(asked[0]?.init.headers).get("authorization")).toBe("Bearer sntryu_123456789");
  });
});

describe("a JSON reply", () => {
  const parse = (value: unknown) => value as { a: number };

  it("is handed to the parse function", async () => {
    const { http } = withAnswers([ok]);
    expect((await http.json(url, { parse })).value).toEqual({ a: 1 });
  });

  it("is unreadable where an HTML page came with 200", async () => {
    const page = () => new Response("<html>", { headers: { "content-type": "text/html" } });
    const { http } = withAnswers([page]);
    const failure = await catchFailure(http.json(url, { parse }));
    expect(failure.kind).toBe("unreadable");
    expect(failure.message).toContain("an HTML page where JSON was expected (GET /v1/things)");
  });

  it("names the field that the schema refuses", async () => {
    const { http } = withAnswers([ok]);
    const refuse = () => {
      throw Object.assign(new Error("bad"), { issues: [{ path: ["a", 0], message: "expected string" }] });
    };
    expect((await catchFailure(http.json(url, { parse: refuse }))).message).toContain(
      "field a.0: expected string",
    );
  });

  it.each([
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not-found"],
    [422, "rejected"],
  ])("fails on %i as %s, with the remedy of the endpoint", async (code, kind) => {
    const { http } = withAnswers([status(code)]);
    const failure = await catchFailure(http.json(url, { parse, remedies: { [kind]: "Do this." } }));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(/Do this\.$/);
  });
});
