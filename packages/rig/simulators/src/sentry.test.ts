import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listen, type SdkEvent } from "./index.ts";
import { parseSearch } from "./sentry/clause.ts";
import { readEnvelope } from "./sentry/envelope.ts";
import { openSentry } from "./sentry/testing/open-sentry.ts";
import { toBase32 } from "./sentry/world.ts";

const APP = fileURLToPath(new URL("./sentry/testing/crashing-app.mjs", import.meta.url));

/** The fields of replies that tests look at; `@sentry/api` types the replies themselves. */
type Issue = { id: string; shortId: string; title: string; substatus: string };
type Frame = { function: string; lineNo: number; context: [number, string][] };
type Event = {
  dateCreated: string;
  tags: { key: string; value: string }[];
  entries: [{ data: { values: [{ stacktrace: { frames: Frame[] } }] } }];
};
type Sessions = { groups: { by: object; series: { "sum(session)": number[] } }[] };
type Series = {
  timeSeries: { groupBy?: object[]; values: { incomplete: boolean }[]; meta: { interval: number } }[];
};

const crash = (type: string, name = "checkout"): SdkEvent => ({
  exception: {
    values: [
      {
        type,
        value: "it broke",
        mechanism: { type: "generic", handled: false },
        stacktrace: {
          frames: [
            { filename: "node:http", function: "emit", lineno: 1, in_app: false },
            {
              filename: "/app/server.js",
              function: "handle",
              lineno: 30,
              in_app: true,
              context_line: "  checkout(cart);",
            },
            {
              filename: "/app/checkout.js",
              function: name,
              lineno: 12,
              in_app: true,
              context_line: "  cart.items;",
            },
          ],
        },
      },
    ],
  },
});

describe("the real SDK in a process of its own", () => {
  it("reports a crash, its sessions and its transactions, stamped with the virtual clock", async () => {
    const { sentry, read } = openSentry();
    const server = await listen(sentry);
    const alerts: { title: string; body: string }[] = [];
    sentry.onNewIssue((alert) => alerts.push(alert));
    const run = promisify(execFile);
    await run(process.execPath, [APP, sentry.dsn(server.url), "shop@1.0.0", "1"], { env: {} });
    await server.close();

    expect(sentry.violations).toEqual([]);
    const [issue] = await read<[Issue]>("/issues/?query=");
    expect(issue).toMatchObject({ shortId: "SHOP-1", count: "1", firstSeen: "2026-11-21T12:00:00.000Z" });
    expect(issue.title).toBe("TypeError: Cannot read properties of undefined (reading 'items')");
    const event = await read<Event>(`/issues/${issue.id}/events/recommended/`);
    expect(event.tags).toContainEqual({ key: "release", value: "shop@1.0.0" });
    expect(event.dateCreated).toBe("2026-11-21T12:00:00.000Z");
    const crashFrame = event.entries[0].data.values[0].stacktrace.frames.at(-1);
    expect(crashFrame).toMatchObject({ function: "priceOf", inApp: true, lineNo: expect.any(Number) });
    expect(crashFrame?.context).toContainEqual([crashFrame?.lineNo, "  return cart.items.length * 10;"]);
    expect(JSON.stringify(event.entries)).toContain("the cart is empty");

    const sessions = await read<Sessions>(
      "/sessions/?field=sum(session)&groupBy=release&interval=1h&statsPeriod=1h",
    );
    const served = sessions.groups[0]?.series["sum(session)"].reduce((sum, count) => sum + count, 0);
    expect(sessions.groups[0]?.by).toEqual({ release: "shop@1.0.0" });
    expect(served).toBeGreaterThanOrEqual(3);
    const spans = await read<{ data: object[] }>(
      "/events/?dataset=spans&field=transaction&field=count()&query=is_transaction:true&statsPeriod=1h",
    );
    expect(spans.data).toContainEqual({ transaction: "GET /checkout", "count()": 3 });
    const inside = await read<{ data: object[] }>(
      "/events/?dataset=spans&field=transaction&field=span.op&field=span.description&field=count_sample()&query=is_transaction:false&statsPeriod=1h",
    );
    expect(inside.data).toContainEqual({
      transaction: "GET /checkout",
      "span.op": "function",
      "span.description": "priceOf",
      "count_sample()": 3,
    });

    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.body).toMatch(
      /^Sentry Issue: \[SHOP-1\]\(https:\/\/acme\.sentry\.io\/issues\/\d+\/\)\n\n```\nTypeError: /,
    );
  });
});

describe("an envelope", () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    key = "public42",
  ) => new Request(`https://sentry.io/api/42/envelope/?sentry_key=${key}`, { method: "POST", body, headers });
  const event = (payload: object, length?: number) =>
    `{}\n${JSON.stringify({ type: "event", ...(length === undefined ? {} : { length }) })}\n${JSON.stringify(payload)}\n`;

  it("is read when it is compressed", async () => {
    const { sentry } = openSentry();
    const reply = await sentry.fetch(
      post(new Uint8Array(gzipSync(event(crash("TypeError")))), { "content-encoding": "gzip" }),
    );
    expect(reply.status).toBe(200);
    expect(sentry.issues()).toHaveLength(1);
  });

  it("may hold payloads with line breaks, by their length in bytes", () => {
    const bytes = Buffer.from('{}\n{"type":"attachment","length":5}\na\nbü\n{"type":"event"}\n{"x":1}\n');
    const items = readEnvelope(bytes).items.map(({ type, payload }) => [type, payload]);
    expect(items).toEqual([
      ["attachment", "a\nbü"],
      ["event", '{"x":1}'],
    ]);
  });

  it("with the key of another project is refused", async () => {
    const { sentry } = openSentry();
    expect((await sentry.fetch(post(event({}), {}, "other"))).status).toBe(403);
  });

  it("with an unknown kind of item is a violation", async () => {
    const { sentry } = openSentry();
    await sentry.fetch(post('{}\n{"type":"telepathy"}\n{}\n'));
    expect(sentry.violations[0]).toContain('does not know envelope items of type "telepathy"');
  });
});

describe("issues", () => {
  it("group events by type and frames, whatever their message and line", async () => {
    const { sentry } = openSentry();
    const moved = crash("TypeError");
    for (const value of moved.exception?.values ?? []) {
      for (const frame of value.stacktrace?.frames ?? []) Object.assign(frame, { lineno: 99 });
      Object.assign(value, { value: "another cart" });
    }
    sentry.recordEvent({ event: crash("TypeError") });
    sentry.recordEvent({ event: moved });
    sentry.recordEvent({ event: crash("TypeError", "refund") });
    expect(sentry.issues().map(({ shortId, events }) => [shortId, events.length])).toEqual([
      ["SHOP-1", 2],
      ["SHOP-2", 1],
    ]);
  });

  it("have short ids in base 32", () => {
    expect([1, 31, 32, 33, 1_023, 1_024].map(toBase32)).toEqual(["1", "Z", "10", "11", "ZZ", "100"]);
  });

  it("that are resolved come back with a new event, as regressed", () => {
    const { sentry } = openSentry();
    sentry.recordEvent({ event: crash("TypeError"), release: "1" });
    sentry.setStatus("SHOP-1", "resolved");
    sentry.recordEvent({ event: crash("TypeError"), release: "1" });
    expect(sentry.issue("SHOP-1")).toMatchObject({ status: "unresolved", substatus: "regressed" });
  });

  it("that are resolved in a release do not come back with events of an older one or of none", () => {
    const { sentry, clock } = openSentry();
    sentry.recordEvent({ event: crash("TypeError"), release: "1" });
    clock.advance(1_000);
    sentry.recordRelease({ version: "2" });
    sentry.setStatus("SHOP-1", "resolved", "2");
    for (const client of [{ release: "1" }, {}]) sentry.recordEvent({ event: crash("TypeError"), ...client });
    expect(sentry.issue("SHOP-1").status).toBe("resolved");
    sentry.recordEvent({ event: crash("TypeError"), release: "2" });
    expect(sentry.issue("SHOP-1").status).toBe("unresolved");
  });

  it("that came back are ongoing after seven days, which is no sign of recovery", async () => {
    const { sentry, clock, read } = openSentry();
    sentry.recordEvent({ event: crash("TypeError") });
    clock.advance(8 * 86_400_000);
    expect((await read<[Issue]>("/issues/?query="))[0].substatus).toBe("ongoing");
  });

  it("show unresolved ones only where no query is given", async () => {
    const { sentry, read } = openSentry();
    sentry.recordEvent({ event: crash("TypeError") });
    sentry.setStatus("SHOP-1", "resolved");
    expect(await read("/issues/")).toEqual([]);
    expect(await read("/issues/?query=")).toHaveLength(1);
  });
});

describe("the GitHub issue of an alert rule", () => {
  it("is written as Sentry writes it: newest frame first, no referrer, the rule by name", () => {
    const { sentry } = openSentry();
    const alerts: string[] = [];
    sentry.onNewIssue(({ body }) => alerts.push(body));
    sentry.recordEvent({ event: crash("TypeError") });
    sentry.recordEvent({ event: crash("TypeError") });
    expect(alerts).toEqual([
      [
        "Sentry Issue: [SHOP-1](https://acme.sentry.io/issues/7000000001/)",
        "",
        "```",
        "TypeError: it broke",
        '  File "/app/checkout.js", line 12, in checkout',
        "    cart.items;",
        '  File "/app/server.js", line 30, in handle',
        "    checkout(cart);",
        "```",
        "This issue was automatically created by Sentry via [New issues to GitHub](https://sentry.io/organizations/acme/alerts/rules/shop/42/)",
      ].join("\n"),
    ]);
  });

  it("links to a self-hosted Sentry by path", () => {
    const { sentry } = openSentry({ webUrl: "https://sentry.acme.example" });
    const alerts: string[] = [];
    sentry.onNewIssue(({ body }) => alerts.push(body));
    sentry.recordEvent({ event: crash("TypeError") });
    expect(alerts[0]).toContain("(https://sentry.acme.example/organizations/acme/issues/7000000001/)");
  });
});

describe("a request that no real caller may send", () => {
  it.each([
    ["an unknown route", "/teams/"],
    ["a missing slash", "/issues"],
    ["an unknown parameter", "/issues/?colour=red"],
    ["an unknown parameter of projects", "/projects/?all_projects=1"],
    ["an unknown search key of projects", "/projects/?query=mood:bad"],
    ["an unknown parameter of environments", "/environments/?per_page=10"],
    ["an unknown search key", "/issues/?query=mood:bad"],
    ["a time with a zone", "/issues/?query=&start=2026-11-21T07:00:00Z&end=2026-11-21T08:00:00Z"],
    ["a page size above 100", "/issues/?query=&limit=500"],
    ["an unknown dataset", "/events/?dataset=discover&field=id"],
    ["an unknown field", "/events/?dataset=errors&field=mood"],
    ["a sort that is no field", "/events/?dataset=errors&field=issue&sort=-timestamp"],
    ["an aggregate that is not simulated", "/events-timeseries/?dataset=errors&yAxis=p95()"],
  ])("is a violation: %s", async (_, path) => {
    const { sentry, ask } = openSentry();
    sentry.recordEvent({ event: crash("TypeError") });
    expect((await ask(path)).status).toBeGreaterThanOrEqual(400);
    expect(sentry.violations).toHaveLength(1);
  });
});

describe("a token", () => {
  it.each([
    ["event:read", "/projects/"],
    ["event:read", "/environments/"],
    ["event:read", "/events/?dataset=errors&field=issue"],
    ["org:read", "/issues/?query="],
    ["org:read", "/releases/"],
    ["org:ci", "/issues/?query="],
  ])("with only %s may not read %s", async (scope, path) => {
    const { ask, sentry } = openSentry({ tokens: { reader: [scope] } });
    expect((await ask(path)).status).toBe(403);
    expect(sentry.violations).toEqual([]);
  });

  it("for releases reads releases", async () => {
    const { ask } = openSentry({ tokens: { reader: ["org:ci"] } });
    expect((await ask("/releases/")).status).toBe(200);
  });

  it("that is unknown is refused with 401", async () => {
    const { ask } = openSentry();
    expect((await ask("/issues/", { headers: { authorization: "Bearer nobody" } })).status).toBe(401);
  });
});

describe("a time series", () => {
  const series = (more: string) => `/events-timeseries/?dataset=errors&yAxis=count()&${more}`;

  it("is widened silently where it would have too many points, as Sentry does", async () => {
    const { sentry, read } = openSentry();
    sentry.recordEvent({ event: crash("TypeError") });
    const asked = series("interval=300&statsPeriod=7d&groupBy=issue&topEvents=10&sort=-count()");
    expect((await read<Series>(asked)).timeSeries[0]?.meta.interval).toBe(3_600_000);
    expect(
      (await read<Series>(asked.replace("topEvents=10", "topEvents=4"))).timeSeries[0]?.meta.interval,
    ).toBe(300_000);
  });

  it("calls the last buckets incomplete, until ingestion is through", async () => {
    const { sentry, clock, read } = openSentry();
    sentry.recordEvent({ event: crash("TypeError") });
    clock.advance(60_000);
    const { timeSeries } = await read<Series>(series("interval=300&statsPeriod=1h"));
    expect(timeSeries[0]?.values.map(({ incomplete }) => incomplete).slice(-2)).toEqual([true, true]);
    expect(timeSeries[0]?.values[0]?.incomplete).toBe(false);
  });

  it("is one of zeros without a group, where nothing matches", async () => {
    const { read } = openSentry();
    const { timeSeries } = await read<Series>(
      series("interval=300&statsPeriod=1h&groupBy=issue&topEvents=5&sort=-count()"),
    );
    expect(timeSeries).toHaveLength(1);
    expect(timeSeries[0]?.groupBy).toBeUndefined();
  });

  it("is none, where there is no project to look at", async () => {
    const { read } = openSentry({ projects: [] });
    expect((await read<Series>(series("interval=300&statsPeriod=1h"))).timeSeries).toEqual([]);
  });
});

describe("a search", () => {
  it("is read with lists, quotes, negation and comparisons", () => {
    const clauses = parseSearch('issue:[SHOP-1, SHOP-2] !release:"a b" lastSeen:>=2026-11-21 oops');
    expect(clauses).toEqual([
      { key: "issue", negated: false, operator: "", values: ["SHOP-1", "SHOP-2"] },
      { key: "release", negated: true, operator: "", values: ["a b"] },
      { key: "lastSeen", negated: false, operator: ">=", values: ["2026-11-21"] },
      { key: null, negated: false, operator: "", values: ["oops"] },
    ]);
  });
});

describe("every reply", () => {
  it("tells the virtual time and how much may still be asked", async () => {
    const { ask } = openSentry();
    const { headers } = await ask("/issues/?query=");
    expect(headers.get("date")).toBe("Sat, 21 Nov 2026 12:00:00 GMT");
    expect(headers.get("x-sentry-rate-limit-remaining")).toBe("39");
  });
});
