import { createHttp } from "@patchpilot/http";
import { catchFailure } from "@patchpilot/http/testing";
import { connectSentry, operationQuery } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { it, startSentry } from "./simulated-sentry.ts";

type World = ReturnType<typeof startSentry>;

const CHECKOUT = {
  project: "shop",
  transaction: "POST /checkout",
  op: "http.server",
  description: "POST /checkout",
};
const SQL = { ...CHECKOUT, op: "db", description: "SELECT * FROM \"cart\" WHERE a = '\\'" };

/** The last whole hours. */
const window = ({ clock }: World, hours: number) => ({
  from: new Date(clock.now() - hours * HOUR),
  to: new Date(clock.now()),
  environment: "production",
});

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Spans of an operation, `hoursAgo` hours and a half before now. */
function record(
  { simulator, clock }: World,
  { transaction, op, description }: typeof CHECKOUT,
  durations: readonly number[],
  { hoursAgo = 0, sampleRate = 1 } = {},
): void {
  const at = clock.now() - (hoursAgo + 0.5) * HOUR;
  const inner = op === "db" ? { description } : {};
  simulator.recordSpans({ transaction, op, ...inner, durations, at, sampleRate });
}

describe("the table of operations", () => {
  it("gives stored and extrapolated counts and percentiles, the most expensive operation first", async ({
    world,
  }) => {
    record(world, SQL, upTo(100));
    record(world, CHECKOUT, upTo(200), { sampleRate: 0.5 });
    const table = await world.sentry.operationTable(window(world, 1), ["http.server", "db"]);
    expect(table).toEqual({
      rows: [
        {
          operation: CHECKOUT,
          timing: {
            count: 400,
            samples: 200,
            p50: 100,
            p75: 150,
            p90: 180,
            p95: 190,
            p99: 198,
            certainty: "high",
          },
        },
        { operation: SQL, timing: expect.objectContaining({ count: 100, samples: 100 }) },
      ],
      truncated: false,
      partial: false,
    });
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("looks at the asked operations, environment and hours only", async ({ world }) => {
    record(world, SQL, [1]);
    record(world, CHECKOUT, [1], { hoursAgo: 3 });
    world.simulator.recordSpans({
      ...CHECKOUT,
      durations: [1],
      environment: "preview",
      at: world.clock.now() - 1,
    });
    expect((await world.sentry.operationTable(window(world, 1), ["http.server"])).rows).toEqual([]);
  });

  it("counts stored spans by a request of its own where Sentry has no count_sample()", async () => {
    const world = startSentry({ gaps: ["count-sample"] });
    record(world, CHECKOUT, upTo(10), { sampleRate: 0.1 });
    const { rows } = await world.sentry.operationTable(window(world, 1), ["http.server"]);
    expect(rows[0]?.timing).toMatchObject({ count: 100, samples: 10, p95: 10 });
  });

  it("tells where Sentry is not sure: few samples that stand for many, a part of the data", async ({
    world,
  }) => {
    world.simulator.setPartialScans(true);
    record(world, CHECKOUT, upTo(10), { sampleRate: 0.1 });
    const { rows, partial } = await world.sentry.operationTable(window(world, 1), ["http.server"]);
    expect([partial, rows[0]?.timing.certainty]).toEqual([true, "low"]);
  });

  it.each(["meta.accuracy", "confidence"])("tells it where Sentry says it in %s alone", async (place) => {
    const world = startSentry();
    record(world, CHECKOUT, upTo(10), { sampleRate: 0.1 });
    const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const reply = await (await world.simulator.fetch(new Request(input, init))).text();
      const { confidence, meta, ...rest } = JSON.parse(reply);
      const { accuracy, ...plain } = meta;
      return Response.json(
        place === "confidence"
          ? { ...rest, meta: plain, confidence }
          : { ...rest, meta: { ...plain, accuracy } },
      );
    };
    const http = createHttp({ name: "Sentry", fetch, budget: {} });
    const access = { url: "https://sentry.io", organization: "acme", token: "sntryu_reader", http };
    const { rows } = await connectSentry(access).operationTable(window(world, 1), ["http.server"]);
    expect(rows[0]?.timing.certainty).toBe("low");
  });

  it("is a failure where the token sees no project", async () => {
    const world = startSentry({ projects: [] });
    const failure = await catchFailure(world.sentry.operationTable(window(world, 1), ["db"]));
    expect([failure.kind, failure.message]).toEqual(["forbidden", expect.stringContaining("no project")]);
  });
});

describe("the hours of operations", () => {
  it("are p95 and stored spans of each, in the order of the question, without gaps", async ({ world }) => {
    record(world, SQL, upTo(20), { hoursAgo: 1 });
    record(world, CHECKOUT, upTo(100), { hoursAgo: 2, sampleRate: 0.5 });
    world.clock.advance(HOUR);
    const asked = { from: new Date(world.clock.now() - 4 * HOUR), to: new Date(world.clock.now() - HOUR) };
    const [checkout, sql] = await world.sentry.operationHours(asked, [CHECKOUT, SQL]);
    const nothing = [0, null];
    const facts = (hours: typeof checkout) => hours?.hours.map(({ samples, p95 }) => [samples, p95]);
    expect(facts(checkout)).toEqual([[100, 95], nothing, nothing]);
    expect(facts(sql)).toEqual([nothing, [20, 19], nothing]);
    expect(checkout?.hours.map(({ at }) => at)).toEqual(
      [0, 1, 2].map((hour) => asked.from.getTime() + hour * HOUR),
    );
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("of ten operations over eight days take one request", async ({ world }) => {
    const operations = upTo(10).map((n) => ({
      ...CHECKOUT,
      transaction: `GET /${n}`,
      description: `GET /${n}`,
    }));
    for (const operation of operations) record(world, operation, [1], { hoursAgo: 5 });
    const hours = await world.sentry.operationHours(window(world, 192), operations);
    expect(hours.every((one) => one.hours.some(({ samples }) => samples === 1))).toBe(true);
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("end where Sentry still takes spans in", async ({ world }) => {
    record(world, CHECKOUT, [1]);
    expect((await world.sentry.operationHours(window(world, 3), [CHECKOUT]))[0]?.hours).toHaveLength(2);
  });

  it("of operations that nobody used are zeros", async ({ world }) => {
    const [hours] = await world.sentry.operationHours(window(world, 2), [CHECKOUT]);
    expect(hours).toMatchObject({ hours: [{ samples: 0 }, { samples: 0 }], partial: false, certainty: null });
  });

  it("are asked in more requests where the searches would not fit into an address", async ({ world }) => {
    const operations = upTo(10).map((n) => ({ ...SQL, description: `SELECT ${n} ${", x".repeat(200)}` }));
    for (const operation of operations) record(world, operation, [7], { hoursAgo: 1 });
    const hours = await world.sentry.operationHours(window(world, 4), operations);
    expect(hours.map((one) => one.hours.at(-1)?.p95 ?? one.hours.at(-2)?.p95)).toEqual(
      operations.map(() => 7),
    );
    expect(Math.max(...world.simulator.requests.map(({ path }) => path.length))).toBeLessThan(8_000);
  });
});

describe("spans above a threshold", () => {
  it("are counted for each operation above its own, in one request, as stored", async ({ world }) => {
    record(world, CHECKOUT, upTo(100), { hoursAgo: 1, sampleRate: 0.5 });
    record(world, SQL, upTo(100), { hoursAgo: 1 });
    const above = await world.sentry.exceedingHours(window(world, 3), [
      { operation: SQL, threshold: 98 },
      { operation: CHECKOUT, threshold: 90.5 },
    ]);
    expect(above.map(({ hours }) => hours.map(({ samples }) => samples))).toEqual([
      [0, 2],
      [0, 10],
    ]);
    expect(world.simulator.requests).toHaveLength(1);
  });
});

describe("operations whose texts differ after more characters than a search holds", () => {
  const long = (end: string) => ({ ...SQL, description: `SELECT ${"x, ".repeat(200)}${end}` });
  const crowd = (world: World, count: number) => {
    for (const n of upTo(count)) record(world, long(`FROM t${n}`), [100 + n], { hoursAgo: 1 });
  };

  it("are each counted above their own threshold", async ({ world }) => {
    for (const end of ["a", "b"]) record(world, long(end), upTo(100), { hoursAgo: 1 });
    const above = await world.sentry.exceedingHours(window(world, 3), [
      { operation: long("a"), threshold: 50 },
      { operation: long("b"), threshold: 90 },
    ]);
    expect(above.map(({ hours }) => hours.map(({ samples }) => samples))).toEqual([
      [0, 50],
      [0, 10],
    ]);
  });

  it("do not crowd another one out of the reply", async ({ world }) => {
    crowd(world, 10);
    record(world, CHECKOUT, [5], { hoursAgo: 1 });
    const hours = await world.sentry.operationHours(window(world, 3), [long("FROM t1"), CHECKOUT]);
    expect(hours.map((one) => one.hours.at(-1)?.p95)).toEqual([101, 5]);
    expect(hours.map(({ partial }) => partial)).toEqual([false, false]);
  });

  it("are told apart by more than their search", async ({ world }) => {
    for (const [index, end] of ["a", "b"].entries()) record(world, long(end), [100 + index], { hoursAgo: 1 });
    const pattern = {
      search: operationQuery(long("")),
      isIt: ({ description }: typeof SQL) => description.endsWith("b"),
    };
    const [hours] = await world.sentry.operationHours(window(world, 3), [pattern]);
    expect(hours?.hours.at(-1)?.p95).toBe(101);
  });

  it("are not called unused where too many others took their places", async ({ world }) => {
    crowd(world, 10);
    record(world, long("last"), [1], { hoursAgo: 1 });
    const [hours] = await world.sentry.operationHours(window(world, 3), [long("last")]);
    expect(hours?.partial).toBe(true);
  });
});

describe("the search for an operation", () => {
  it("quotes and escapes what would be syntax, and leaves open what cannot be escaped", () => {
    expect(operationQuery({ ...SQL, transaction: "a*b\\c\nd" })).toBe(
      'project:"shop" transaction:"a\\*b*c*d" span.op:"db" span.description:"SELECT \\* FROM \\"cart\\" WHERE a = \'*\'"',
    );
  });

  it("is one line with single blanks", () => {
    const search = operationQuery({ ...SQL, description: "SELECT a,\n  b  FROM\tc\u00A0d" });
    expect(search).toContain('span.description:"SELECT a,*b*FROM*c*d"');
  });

  it("finds exactly the operation that it was made for, whatever its texts", async () => {
    const syntax = fc.constantFrom(...'\\*"()[]:!<> \nab', " OR ", " AND ", "has:");
    const text = fc.oneof(
      fc.string({ unit: syntax, minLength: 1 }),
      fc.string({ unit: "grapheme", minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, text, async (transaction, description, other) => {
        const world = startSentry();
        const asked = { ...SQL, transaction, description };
        record(world, asked, [5, 9], { hoursAgo: 1 });
        record(world, { ...asked, description: `${description}${other}` }, [9], { hoursAgo: 1 });
        const [found] = await world.sentry.exceedingHours(window(world, 3), [
          { operation: asked, threshold: 7 },
        ]);
        expect(found?.hours.map(({ samples }) => samples)).toEqual([0, 1]);
      }),
    );
  });

  it("without a description finds spans that have none", () => {
    expect(operationQuery({ ...CHECKOUT, description: "" })).toContain("!has:span.description");
  });
});

describe("endpoint regressions that Sentry found", () => {
  it("tell before and after, and their breakpoint on demand", async ({ world }) => {
    const breakpoint = world.clock.now() - 5 * HOUR;
    world.simulator.addEndpointRegression({ transaction: "GET /", before: 90.5, after: 171.25, breakpoint });
    const [regression] = await world.sentry.endpointRegressions();
    expect(regression).toMatchObject({ project: "shop", transaction: "GET /", before: 90.5, after: 171.25 });
    const at = await world.sentry.regressionBreakpoint(regression?.issueId ?? "");
    expect(at?.getTime()).toBe(breakpoint);
  });

  it("that somebody resolved are left out", async ({ world }) => {
    const fed = { transaction: "GET /", before: 1, after: 2, breakpoint: world.clock.now() };
    world.simulator.setStatus(world.simulator.addEndpointRegression(fed).id, "resolved");
    expect(await world.sentry.endpointRegressions()).toEqual([]);
  });
});
