import { PostHog } from "posthog-node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VirtualClock } from "./clock.ts";
import { createPostHogSimulator, type RecordedEvent } from "./posthog.ts";
import { listen } from "./simulator.ts";

const NOW = "2026-11-21T12:00:00Z";

function startPostHog(events: readonly RecordedEvent[] = []) {
  const clock = new VirtualClock(NOW);
  const posthog = createPostHogSimulator({
    clock,
    projectId: "42",
    projectToken: "phc_shop",
    keys: { phx_reader: ["query:read"], phx_writer: ["feature_flag:write"] },
  });
  posthog.recordEvents(events);
  return { clock, posthog };
}

type Server = ReturnType<typeof startPostHog>;

const ask = ({ posthog }: Server, path: string, init: { key?: string; body?: object } = {}) =>
  posthog.fetch(
    new Request(`https://us.posthog.example${path}`, {
      method: init.body ? "POST" : "GET",
      headers: { authorization: `Bearer ${init.key ?? "phx_reader"}`, "content-type": "application/json" },
      ...(init.body ? { body: JSON.stringify(init.body) } : {}),
    }),
  );

const query = async (server: Server, hogql: string, values: object = {}, key = "phx_reader") => {
  const body = {
    query: { kind: "HogQLQuery", query: hogql, values },
    refresh: "force_blocking",
    name: "test",
  };
  const reply = await ask(server, "/api/projects/42/query/", { body, key });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

const rowsOf = async (server: Server, hogql: string, values: object = {}) =>
  (await query(server, hogql, values)).body["results"];

const SHOP: readonly RecordedEvent[] = [
  { event: "checkout", distinctId: "ada", at: "2026-11-21T09:00:00Z" },
  { event: "checkout", distinctId: "ada", at: "2026-11-21T10:00:00Z" },
  { event: "checkout", distinctId: "bob", at: "2026-11-21T10:30:00Z" },
  { event: "signup", distinctId: "eve", at: "2026-11-21T10:45:00Z" },
];

describe("events that posthog-node sends", () => {
  // Its clock stands still, however long this machine takes from an event to its batch.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T12:00:00Z") }));
  afterEach(() => void vi.useRealTimers());

  const send = async (server: Server, token: string, capture: (client: PostHog) => void) => {
    const { url, close } = await listen(server.posthog);
    const client = new PostHog(token, { host: url, fetchRetryCount: 0 });
    client.on("error", () => undefined);
    capture(client);
    await client.shutdown();
    await close();
  };

  it("are kept at the virtual time of their receipt", async () => {
    const server = startPostHog();
    await send(server, "phc_shop", (client) => {
      client.capture({ distinctId: "ada", event: "checkout" });
      client.capture({ distinctId: "bob", event: "checkout" });
    });
    const counted =
      "SELECT countIf(timestamp > toDateTime({t}, 'UTC')) AS n, uniq(person_id) AS people FROM events";
    expect(await rowsOf(server, counted, { t: "2026-11-21 11:59:50" })).toEqual([[2, 2]]);
    expect(await rowsOf(server, counted, { t: "2026-11-21 12:00:01" })).toEqual([[0, 2]]);
    expect(server.posthog.violations).toEqual([]);
  });

  it("keep their age when they carry an older time than the batch", async () => {
    const server = startPostHog();
    await send(server, "phc_shop", (client) =>
      client.capture({ distinctId: "ada", event: "checkout", timestamp: new Date("2026-03-01T11:00:00Z") }),
    );
    const hourAgo =
      "SELECT event FROM events WHERE timestamp < toDateTime('2026-11-21 11:00:05', 'UTC') GROUP BY event";
    expect(await rowsOf(server, hourAgo)).toEqual([["checkout"]]);
  });

  it("are refused with the key of another project", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const server = startPostHog();
    await send(server, "phc_other", (client) => client.capture({ distinctId: "ada", event: "checkout" }));
    expect([server.posthog.eventCount(), server.posthog.requests[0]?.status]).toEqual([0, 401]);
    expect(String(log.mock.calls[0])).toContain("status=401");
    log.mockRestore();
  });
});

describe("a HogQL query", () => {
  it("groups, counts, finds unique people and orders", async () => {
    const hogql = `SELECT event, count() AS n, uniq(person_id) AS people FROM events
      WHERE event IN {events} GROUP BY event ORDER BY n DESC`;
    expect(await rowsOf(startPostHog(SHOP), hogql, { events: ["checkout", "signup", "refund"] })).toEqual([
      ["checkout", 3, 2],
      ["signup", 1, 1],
    ]);
  });

  it("cuts into intervals from an origin", async () => {
    const origin = Date.parse("2026-11-21T09:00:00Z") / 1_000;
    const hogql = `SELECT intDiv(toUnixTimestamp(timestamp) - {origin}, 3600) AS bucket, count() AS n
      FROM events GROUP BY bucket ORDER BY bucket`;
    expect(await rowsOf(startPostHog(SHOP), hogql, { origin })).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it("is cut at 100 rows without a LIMIT, and says that there is more", async () => {
    const events = Array.from({ length: 120 }, (_, index) => ({
      event: `e${index}`,
      distinctId: "ada",
      at: NOW,
    }));
    const { body } = await query(startPostHog(events), "SELECT event FROM events GROUP BY event");
    expect([(body["results"] as unknown[]).length, body["hasMore"], body["limit"]]).toEqual([100, true, 100]);
  });

  it("takes a value as data, whatever it says", async () => {
    const hogql = "SELECT event FROM events WHERE event IN {events} GROUP BY event";
    expect(await rowsOf(startPostHog(SHOP), hogql, { events: ["') OR 1=1 --", "signup"] })).toEqual([
      ["signup"],
    ]);
  });

  it.each([
    ["SELECT event FROM events GROUP", "no viable alternative at input 'SELECT event FROM events GROUP'"],
    ["SELECT event FROM persons GROUP BY event", "Only the table events is mapped."],
    ["SELECT event FROM events GROUP BY event HAVING count() > 1", 'The clause "having" is not mapped.'],
    [
      "SELECT properties.email FROM events GROUP BY properties.email",
      "Unable to resolve field: properties.email",
    ],
    [
      "SELECT median(timestamp) AS m FROM events",
      "median() is neither a mapped aggregate function nor in GROUP BY.",
    ],
    [
      "SELECT event, count() AS n FROM events",
      "A column is neither a mapped aggregate function nor in GROUP BY.",
    ],
    ["SELECT event FROM events WHERE event IN {names} GROUP BY event", "Unresolved placeholder: {names}"],
    ["SELECT count() AS n FROM events WHERE now() > timestamp", "The function now() is not mapped."],
    [
      "SELECT count() AS n FROM events WHERE timestamp > '2026-11-21'",
      "A timestamp is compared with something else: PostHog would read a text in the project's time zone, so wrap it in toDateTime(…, 'UTC').",
    ],
  ])("is refused by name: %s", async (hogql, detail) => {
    const server = startPostHog(SHOP);
    const { status, body } = await query(server, hogql);
    expect([status, body]).toEqual([
      400,
      { type: "validation_error", code: "invalid_input", detail, attr: null },
    ]);
    expect(server.posthog.violations).toEqual([detail]);
  });
});

describe("a request that PostHog would refuse", () => {
  const hogql = "SELECT count() AS n FROM events";

  it.each([
    ["phc_shop", 401, "Invalid personal API key."],
    ["phx_writer", 403, "API key missing required scope 'query:read'"],
  ])("with the key %s answers %i", async (key, status, detail) => {
    const reply = await query(startPostHog(), hogql, {}, key);
    expect([reply.status, reply.body["detail"]]).toEqual([status, detail]);
  });

  it("does not find another project", async () => {
    const body = { query: { kind: "HogQLQuery", query: hogql } };
    expect((await ask(startPostHog(), "/api/projects/7/query/", { body })).status).toBe(404);
  });

  it("is a violation when its route or a field does not exist", async () => {
    const server = startPostHog();
    await ask(server, "/api/projects/42/persons/");
    await ask(server, "/api/projects/42/query/", {
      body: { query: { kind: "HogQLQuery", query: hogql }, limit: 5 },
    });
    await ask(server, "/api/projects/42/query/", { body: { query: { kind: "EventsQuery" } } });
    expect(server.posthog.violations).toEqual([
      "PostHog has no simulated route GET /api/projects/42/persons/.",
      "A query's limit is not simulated.",
      "A query's query.kind is not simulated.",
    ]);
  });
});
