import { createHttp } from "@patchpilot/http";
import { catchFailure } from "@patchpilot/http/testing";
import { connectPostHog, isPostHogRead, type PostHogConnection } from "@patchpilot/posthog";
import { createPostHogSimulator, type RecordedEvent, VirtualClock } from "@patchpilot/simulators";
import { DAY } from "@patchpilot/time";
import { describe, expect, it } from "vitest";

const at = (iso: string) => new Date(`2026-11-${iso}Z`);
const INCIDENT = { from: at("20T12:00:00"), to: at("21T12:00:00") };
const BASELINE = { from: at("13T12:00:00"), to: at("14T12:00:00") };
const events = (event: string, people: readonly string[], time: Date): RecordedEvent[] =>
  people.map((distinctId) => ({ event, distinctId, at: time }));

/** A simulated PostHog and our client for it, on one clock that waiting moves. */
function start(recorded: readonly RecordedEvent[], options: Partial<PostHogConnection> = {}) {
  const clock = new VirtualClock(INCIDENT.to);
  const posthog = createPostHogSimulator({
    clock,
    projectId: "42",
    projectToken: "phc_shop",
    keys: { phx_reader: ["query:read"], phx_writer: ["feature_flag:write"] },
  });
  posthog.recordEvents(recorded);
  const sleep = async (milliseconds: number) => clock.advance(milliseconds);
  const time = { now: () => clock.now(), sleep };
  const http = createHttp({
    name: "PostHog",
    fetch: (input, init) => posthog.fetch(new Request(input, init)),
    isRead: isPostHogRead,
    time,
  });
  const access = { host: "https://us.posthog.example", projectId: "42", apiKey: "phx_reader" };
  return { client: connectPostHog({ ...access, http, time, ...options }), clock, http, posthog };
}

const count = ({ client }: ReturnType<typeof start>, names: readonly string[] = ["checkout"]) =>
  client.countEvents({ events: names, incident: INCIDENT, baseline: BASELINE });

const json = { "content-type": "application/json" };
/** A PostHog that answers whatever is asked with this. */
function startWithReply(body: string, status = 200) {
  const server = start([]);
  server.posthog.faults = () => ({ kind: "reply", status, body, headers: json });
  return server;
}

describe("counting events", () => {
  it("counts both windows and their people in one request", async () => {
    const server = start([
      ...events("checkout", ["ada", "ada", "bob"], at("21T08:00:00")),
      ...events("checkout", ["ada", "bob", "cy", "dee"], at("14T08:00:00")),
    ]);
    expect(await count(server)).toEqual([
      { event: "checkout", incident: { count: 3, actors: 2 }, baseline: { count: 4, actors: 4 } },
    ]);
    expect([server.http.count, server.posthog.violations]).toEqual([1, []]);
  });

  it("takes a window's beginning and leaves its end out", async () => {
    const edges = [INCIDENT.from, INCIDENT.to, new Date(INCIDENT.from.getTime() - 1)];
    const server = start(edges.flatMap((time) => events("checkout", ["ada"], time)));
    expect((await count(server))[0]?.incident).toEqual({ count: 1, actors: 1 });
  });

  it("fills in what did not happen, in the order asked, once each", async () => {
    const server = start(events("signup", ["ada"], at("21T08:00:00")));
    const found = await count(server, ["refund", "signup", "refund"]);
    expect(found.map(({ event, incident }) => [event, incident.count])).toEqual([
      ["refund", 0],
      ["signup", 1],
    ]);
  });

  it("asks nothing where no event is named", async () => {
    const server = start([]);
    expect(await count(server, [])).toEqual([]);
    expect(server.http.count).toBe(0);
  });

  it("is not cut at 100 rows", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `event-${index}`);
    const server = start(names.flatMap((name) => events(name, ["ada"], at("21T08:00:00"))));
    const found = await count(server, names);
    expect(found.filter(({ incident }) => incident.count === 1)).toHaveLength(150);
  });

  it("passes names as values, never as HogQL", async () => {
    const name = "x') OR 1=1 --{incident_from}";
    const server = start(events(name, ["ada"], at("21T08:00:00")));
    expect((await count(server, [name]))[0]?.incident.count).toBe(1);
    expect(server.posthog.violations).toEqual([]);
  });

  it("reads counts that arrive as text", async () => {
    const columns = ["event", "incident_count", "incident_actors", "baseline_count", "baseline_actors"];
    const server = startWithReply(JSON.stringify({ columns, results: [["checkout", "12", 3, "0", "0"]] }));
    expect((await count(server))[0]?.incident).toEqual({ count: 12, actors: 3 });
  });
});

describe("the series of use", () => {
  const HOUR = { from: at("21T11:00:00"), to: at("21T12:00:00"), intervalSeconds: 1_200 };
  const recorded = [
    ...events("checkout", ["ada", "bob"], at("21T11:05:00")),
    ...events("signup", ["ada"], at("21T11:45:00")),
    ...events("checkout", ["ada"], at("21T12:00:00")),
  ];

  it.each<[string, { to?: Date; events: string[] | "all" }, number[]]>([
    ["counts named events per bucket, with zeros between", { events: ["checkout"] }, [2, 0, 0]],
    ["counts every event where all are wanted", { events: "all" }, [2, 0, 1]],
    ["has a short last bucket where the window ends", { to: at("21T11:50:00"), events: "all" }, [2, 0, 1]],
  ])("%s", async (_, asked, counts) => {
    expect(await start(recorded).client.exposureSeries({ ...HOUR, ...asked })).toEqual(counts);
  });

  it("refuses more buckets than PostHog gives rows", async () => {
    const { client } = start([]);
    const window = {
      from: new Date(0),
      to: new Date(60_000 * DAY),
      intervalSeconds: 60,
      events: "all",
    } as const;
    await expect(client.exposureSeries(window)).rejects.toThrow("use longer ones");
  });
});

describe("a query that runs on", () => {
  it("is looked after until it is complete", async () => {
    const server = start(events("checkout", ["ada"], at("21T08:00:00")));
    server.posthog.answerLate(3);
    expect((await count(server))[0]?.incident.count).toBe(1);
    expect(server.posthog.requests.map(({ operation }) => operation)).toEqual([
      "createQuery",
      "getQuery",
      "getQuery",
      "getQuery",
    ]);
  });

  it("is given up when patience ends", async () => {
    const server = start([], { patienceMs: 10_000 });
    server.posthog.answerLate(1_000);
    const failure = await catchFailure(count(server));
    expect([failure.kind, failure.message]).toEqual([
      "timeout",
      expect.stringContaining("did not finish the query within 10 s"),
    ]);
    expect(server.clock.now() - INCIDENT.to.getTime()).toBeLessThanOrEqual(10_000);
  });

  it("tells why it failed", async () => {
    const body =
      '{"query_status":{"id":"q","complete":true,"error":true,"error_message":"Memory limit exceeded"}}';
    expect((await catchFailure(count(startWithReply(body, 202)))).message).toContain(
      'could not run the query: "Memory limit exceeded"',
    );
  });
});

describe("a refusal", () => {
  it("of the rate limit is waited for, as PostHog says", async () => {
    const server = start(events("checkout", ["ada"], at("21T08:00:00")));
    const refusal =
      '{"type":"throttled_error","code":"throttled","detail":"Request was throttled.","attr":null}';
    server.posthog.faults = () => {
      server.posthog.faults = undefined;
      return { kind: "reply", status: 429, body: refusal, headers: { ...json, "retry-after": "20" } };
    };
    expect((await count(server))[0]?.incident.count).toBe(1);
    expect(server.clock.now()).toBe(INCIDENT.to.getTime() + 20_000);
  });

  it.each([
    [{ apiKey: "phc_shop" }, "is the project's public key (phc_…)"],
    [{ host: "https://eu.i.posthog.com" }, "Set posthog-host to https://eu.posthog.com."],
    [{ host: "https://us.i.posthog.com" }, "Set posthog-host to https://us.posthog.com."],
  ])("is foreseen without a request for %j", async (access, words) => {
    const server = start([], access);
    expect((await catchFailure(count(server))).message).toContain(words);
    expect(server.http.count).toBe(0);
  });

  it.each([
    [{ apiKey: "phx_gone" }, "unauthorized", "wrong, expired or of another region"],
    [{ apiKey: "phx_writer" }, "forbidden", "needs the scope query:read and access to the project 42"],
    [{ projectId: "7" }, "not-found", "Check posthog-project-id (7) and posthog-host"],
  ])("of %j is %s and says what to do", async (access, kind, words) => {
    const failure = await catchFailure(count(start([], access)));
    expect([failure.kind, failure.message]).toEqual([kind, expect.stringContaining(words)]);
  });

  it("to read a result whose columns are not those asked for", async () => {
    const server = startWithReply('{"columns":["event"],"results":[["checkout"]]}');
    expect((await catchFailure(count(server))).message).toContain("column incident_count cannot be read");
  });

  it("to read half a result", async () => {
    const server = startWithReply('{"columns":["event"],"results":[["checkout"]],"hasMore":true}');
    expect((await catchFailure(count(server))).kind).toBe("unreadable");
  });
});
