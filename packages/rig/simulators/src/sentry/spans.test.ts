import { describe, expect, it } from "vitest";
import type { SentryOptions } from "../index.ts";
import { parseSearchExpression } from "./search-expression.ts";
import { openSentry } from "./testing/open-sentry.ts";

const HOUR = 3_600_000;

function start(options: Partial<SentryOptions> = {}) {
  const opened = openSentry(options);
  const table = (fields: readonly string[], more = "") => {
    const list = fields.map((field) => `field=${encodeURIComponent(field)}`).join("&");
    return opened.read<Table>(`/events/?dataset=spans&statsPeriod=2h&${list}${more}`);
  };
  return { ...opened, table };
}

type Table = {
  data: Record<string, unknown>[];
  meta: { dataScanned: string; tips: object; accuracy: { confidence: object[] }; units: object };
  confidence: object[];
};
type Series = {
  timeSeries: {
    groupBy?: { key: string; value: string }[];
    values: { value: number; sampleCount: number; sampleRate: number | null; confidence: string | null }[];
    meta: object;
  }[];
};

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const GET = { transaction: "GET /", op: "http.server" };

describe("the table of spans", () => {
  it("counts what was sampled and what it stands for, and gives percentiles in milliseconds", async () => {
    const { sentry, table } = start();
    sentry.recordSpans({ ...GET, durations: upTo(100), sampleRate: 0.25 });
    const fields = ["transaction", "count()", "count_sample()", "p50(span.duration)", "p95(span.duration)"];
    const { data, meta } = await table(fields);
    expect(data).toEqual([
      {
        transaction: "GET /",
        "count()": 400,
        "count_sample()": 100,
        "p50(span.duration)": 50,
        "p95(span.duration)": 95,
      },
    ]);
    expect(meta).toMatchObject({ dataScanned: "full", units: { "p95(span.duration)": "millisecond" } });
  });

  it("weighs samples by the rate that they were kept at", async () => {
    const { sentry, table } = start();
    sentry.recordSpans({ ...GET, durations: [100], sampleRate: 0.1 });
    sentry.recordSpans({ ...GET, durations: [10, 10, 10] });
    const { data } = await table(["p50(span.duration)", "avg(span.duration)", "avg_sample(span.duration)"]);
    expect(data[0]).toEqual({
      "p50(span.duration)": 100,
      "avg(span.duration)": 1_030 / 13,
      "avg_sample(span.duration)": 32.5,
    });
  });

  it("counts stored spans where extrapolation is switched off", async () => {
    const { sentry, table } = start();
    sentry.recordSpans({ ...GET, durations: upTo(10), sampleRate: 0.1 });
    const { data } = await table(["count()"], "&disableAggregateExtrapolation=1");
    expect(data).toEqual([{ "count()": 10 }]);
  });

  it("is unsure of few samples that stand for many", async () => {
    const { sentry, table } = start();
    sentry.recordSpans({ ...GET, durations: upTo(10), sampleRate: 0.1 });
    const { confidence, meta } = await table(["transaction", "p95(span.duration)"]);
    expect(confidence).toEqual([{ "p95(span.duration)": "low" }]);
    expect(meta.accuracy).toEqual({ confidence });
  });

  it("says where it looked at a part of the data only", async () => {
    const { sentry, table } = start();
    sentry.setPartialScans(true);
    expect((await table(["count()"])).meta.dataScanned).toBe("partial");
  });

  it("fails by status: what is ok, cancelled or unknown did not fail", async () => {
    const { sentry, table } = start();
    for (const status of ["ok", "cancelled", "unknown", "internal_error"])
      sentry.recordSpans({ ...GET, status, durations: [1] });
    expect((await table(["failure_rate()"])).data).toEqual([{ "failure_rate()": 0.25 }]);
  });

  it("of a token that sees no project is empty, with a tip", async () => {
    const { table } = start({ projects: [] });
    expect(await table(["count()"])).toMatchObject({
      data: [],
      meta: { tips: { query: expect.any(String) } },
    });
  });

  it("of an older Sentry refuses count_sample()", async () => {
    const { ask, sentry } = start({ gaps: ["count-sample"] });
    expect((await ask("/events/?dataset=spans&field=count_sample()")).status).toBe(400);
    expect(sentry.violations).toEqual([]);
  });

  it.each(["mood", "p95(mood)", "p42(span.duration)", "apdex()"])("refuses %s by name", async (field) => {
    const { ask, sentry } = start();
    expect((await ask(`/events/?dataset=spans&field=${field}`)).status).toBe(400);
    expect(sentry.violations[0]).toContain(field);
  });

  it("is cut into pages", async () => {
    const { sentry, ask } = start();
    for (const n of upTo(3)) sentry.recordSpans({ ...GET, transaction: `GET /${n}`, durations: [n] });
    const path = "/events/?dataset=spans&field=transaction&field=p95()&sort=-p95()&per_page=2&statsPeriod=1h";
    const reply = await ask(path);
    expect(((await reply.json()) as Table).data.map(({ transaction }) => transaction)).toEqual([
      "GET /3",
      "GET /2",
    ]);
    expect(reply.headers.get("link")).toContain('rel="next"; results="true"; cursor="0:2:0"');
  });
});

describe("the search of spans", () => {
  const countOf = async (query: string) => {
    const { sentry, table } = start();
    sentry.recordSpans({ ...GET, durations: [50, 150] });
    sentry.recordSpans({ ...GET, transaction: 'POST /a "b" (c)', durations: [50, 150, 250] });
    sentry.recordSpans({
      ...GET,
      op: "db",
      description: "SELECT * FROM a",
      attributes: { "db.system": "postgresql" },
      durations: [1],
    });
    const { data } = await table(["count()"], `&query=${encodeURIComponent(query)}`);
    return data[0]?.["count()"] ?? 0;
  };

  it.each([
    ["", 6],
    ["is_transaction:true", 5],
    ["has:db.system", 1],
    ["!has:db.system span.duration:>100", 3],
    ["span.op:[http.server,db]", 6],
    ['span.description:"SELECT \\* FROM a"', 1],
    ['transaction:"POST /a \\"b\\" (c)"', 3],
    ["transaction:POST*", 3],
    ['(transaction:"GET /" span.duration:>100) OR (span.op:db AND span.duration:<=1)', 2],
    ["span.op:db OR span.op:http.server AND span.duration:>200", 2],
    ["(span.op:db OR span.op:http.server) span.duration:>200", 1],
  ])("%s finds %i", async (query, count) => {
    expect(await countOf(query)).toBe(count);
  });

  it.each(["(span.op:db", "span.op:db)", "OR span.op:db", "span.op:db AND"])("refuses %s", (query) => {
    expect(() => parseSearchExpression(query)).toThrow("Parse error");
  });
});

describe("a time series of spans", () => {
  const path = (more: string) =>
    `/events-timeseries/?dataset=spans&interval=3600&start=2026-11-21T09:00:00&end=2026-11-21T11:00:00&${more}`;

  it("has samples, rate and confidence in each bucket, and zeros where nothing happened", async () => {
    const { sentry, clock, read } = start();
    sentry.recordSpans({ ...GET, durations: upTo(100), sampleRate: 0.5, at: clock.now() - 3 * HOUR });
    const { timeSeries } = await read<Series>(path("yAxis=p95(span.duration)"));
    const facts = { sampleCount: 100, sampleRate: 0.5, confidence: "high" };
    expect(timeSeries[0]?.values.slice(0, 2)).toMatchObject([
      { value: 95, ...facts },
      { value: 0, sampleCount: 0, sampleRate: null, confidence: null },
    ]);
    expect(timeSeries[0]?.meta).toMatchObject({ valueType: "duration", dataScanned: "full" });
  });

  it("of the top groups is told apart by all that it is grouped by", async () => {
    const { sentry, clock, read } = start();
    const at = clock.now() - 2 * HOUR;
    sentry.recordSpans({ ...GET, durations: [10], at });
    sentry.recordSpans({ ...GET, op: "db", description: "SELECT 1", durations: [20], at });
    const { timeSeries } = await read<Series>(
      path("yAxis=p95()&groupBy=project&groupBy=span.op&topEvents=1&sort=-p95()&excludeOther=1"),
    );
    expect(timeSeries.map(({ groupBy }) => groupBy?.map(({ value }) => value))).toEqual([["shop", "db"]]);
  });

  it("of the top groups is none, not one of zeros, where nothing matches", async () => {
    const { read } = start();
    const found = await read<Series & { meta: object }>(
      path("yAxis=count()&groupBy=release&topEvents=5&sort=-count()"),
    );
    expect(found).toMatchObject({ timeSeries: [], meta: { dataset: "spans" } });
  });

  it("refuses to be sorted by what is not in it", async () => {
    const { ask } = start();
    expect((await ask(path("yAxis=p95()&groupBy=release&topEvents=5&sort=-count()"))).status).toBe(400);
  });
});

describe("an endpoint regression", () => {
  it("is an issue of its type, whose event tells before, after and breakpoint", async () => {
    const { sentry, clock, read } = start();
    const breakpoint = clock.now() - 5 * HOUR;
    const { id } = sentry.addEndpointRegression({
      transaction: "GET /",
      before: 100,
      after: 180.5,
      breakpoint,
    });
    const [issue] = await read<object[]>(
      "/issues/?query=is:unresolved issue.type:performance_p95_endpoint_regression",
    );
    expect(issue).toMatchObject({
      id,
      title: "Endpoint Regression",
      culprit: "GET /",
      issueCategory: "metric",
      metadata: { value: "Increased from 100.00ms to 180.50ms (P95)" },
    });
    expect(await read(`/issues/${id}/events/latest/`)).toMatchObject({
      type: "generic",
      occurrence: {
        evidenceData: { aggregateRange1: 100, aggregateRange2: 180.5, breakpoint: breakpoint / 1_000 },
      },
    });
  });

  it("is no error", async () => {
    const { sentry, clock, read } = start();
    sentry.addEndpointRegression({ transaction: "GET /", before: 1, after: 2, breakpoint: clock.now() });
    expect(await read("/issues/?query=issue.type:error")).toEqual([]);
    expect(await read<Table>("/events/?dataset=errors&field=issue&statsPeriod=1h")).toMatchObject({
      data: [],
    });
  });
});
