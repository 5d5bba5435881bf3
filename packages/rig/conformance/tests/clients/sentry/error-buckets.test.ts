import { catchFailure } from "@patchpilot/http/testing";
import type { BucketedIssue } from "@patchpilot/sentry";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { crashEvent, it, startSentry } from "./simulated-sentry.ts";

type World = ReturnType<typeof startSentry>;

/** Issues with one event each at these minutes before now; the issues as a question names them. */
function recordIssues(
  { simulator, clock }: World,
  minutesAgo: readonly (readonly number[])[],
): BucketedIssue[] {
  return minutesAgo.map((minutes, index) => {
    const instants = minutes.map((ago) => clock.now() - ago * MINUTE);
    simulator.recordEvent({ event: crashEvent(`E${index}`, `f${index}`), release: "shop@1.0.0", instants });
    const { id, shortId } = simulator.issues()[index] ?? { id: "", shortId: "" };
    return { id, shortId, projectId: "42" };
  });
}

const window = ({ clock }: World, hours: number) => ({
  start: new Date(clock.now() - hours * HOUR),
  end: new Date(clock.now()),
});

const count = (world: World, issues: readonly BucketedIssue[], hours = 1) =>
  world.sentry.errorBuckets({ issues, ...window(world, hours) });

const total = (counts: readonly number[] | undefined) => counts?.reduce((sum, count) => sum + count, 0);

describe("error buckets", () => {
  it("count events in five-minute buckets, zeros included, up to what is ingested", async ({ world }) => {
    const issues = recordIssues(world, [[12, 12, 58]]);
    const buckets = (await count(world, issues)).get(issues[0]?.id ?? "");
    expect(buckets).toMatchObject({
      from: world.clock.now() - HOUR,
      interval: 300_000,
      source: "timeseries",
      truncated: false,
    });
    expect(buckets?.counts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
  });

  it("are all zero for an issue that did not happen, never missing", async ({ world }) => {
    const issues = recordIssues(world, [[30], [3 * 60]]);
    const found = await count(world, issues);
    expect(total(found.get(issues[1]?.id ?? "")?.counts)).toBe(0);
  });

  it("begin at each issue's own onset", async ({ world }) => {
    const [first, second] = recordIssues(world, [[30], [30]]);
    const since = new Date(world.clock.now() - 40 * MINUTE);
    const issues = [first, { ...second, since }] as BucketedIssue[];
    const found = await count(world, issues, 2);
    expect([...found.values()].map(({ counts }) => counts.length).sort()).toEqual([23, 7]);
  });

  it("of 50 issues over three days take five requests", async ({ world }) => {
    const minutes = Array.from({ length: 50 }, (_, n) => [60 + n]);
    const issues = recordIssues(world, minutes);
    const found = await count(world, issues, 72);
    expect(world.simulator.requests).toHaveLength(5);
    expect([...found.values()].every(({ counts }) => total(counts) === 1)).toBe(true);
  });

  it("over seven days share a request by four, because Sentry would silently widen the interval", async ({
    world,
  }) => {
    const issues = recordIssues(world, Array(8).fill([60]));
    const found = await count(world, issues, 7 * 24);
    expect(world.simulator.requests).toHaveLength(2);
    expect(
      [...found.values()].every(({ source, counts }) => source === "timeseries" && counts.length === 2015),
    ).toBe(true);
  });

  it("come from Explore's table where the time series of errors is refused", async () => {
    const world = startSentry({ gaps: ["errors-timeseries"] });
    const issues = recordIssues(world, [[12, 12, 58]]);
    const found = await count(world, issues);
    expect(found.get(issues[0]?.id ?? "")).toMatchObject({
      source: "events",
      truncated: false,
      counts: [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0],
    });
  });

  it("begin where the data begins, when the table has more than ten pages", async () => {
    const world = startSentry({ gaps: ["errors-timeseries"] });
    const everyMinute = Array.from({ length: 1_500 }, (_, n) => 1_500 - n);
    const issues = recordIssues(world, [everyMinute]);
    const buckets = (await count(world, issues, 30)).get(issues[0]?.id ?? "");
    expect(buckets?.truncated).toBe(true);
    expect(buckets?.counts.every((count) => count === 5)).toBe(true);
    expect(total(buckets?.counts)).toBeGreaterThan(980);
  });

  it("come from each issue's own list where the token lacks org:read", async () => {
    const world = startSentry({ tokens: { sntryu_reader: ["event:read"] } });
    const issues = recordIssues(world, [[12, 58], [20]]);
    const found = await count(world, issues);
    expect([...found.values()].map(({ source, counts }) => [source, total(counts)])).toEqual([
      ["issue-events", 2],
      ["issue-events", 1],
    ]);
  });

  it("leave out an issue that Sentry does not know, and count the others", async ({ world }) => {
    const [issue] = recordIssues(world, [[12]]) as [BucketedIssue];
    const gone = { id: "1", shortId: "SHOP-GONE", projectId: "42" };
    const found = await count(world, [issue, gone]);
    expect([...found.keys()]).toEqual([issue.id]);
  });

  it("fail where Sentry knows none of the issues", async ({ world }) => {
    const gone = { id: "1", shortId: "SHOP-GONE", projectId: "42" };
    const failure = await catchFailure(count(world, [gone]));
    expect(failure.kind).toBe("not-found");
  });

  it("are unknown, not zero, where Sentry is down", async ({ world }) => {
    const issues = recordIssues(world, [[12]]);
    world.simulator.faults = () => ({ kind: "reply", status: 503, body: "down" });
    expect((await catchFailure(count(world, issues))).kind).toBe("server");
  });

  it("come from Explore's table where only the grouped time series answers 500", async ({ world }) => {
    const issues = recordIssues(world, [[12, 12, 58]]);
    world.simulator.faults = ({ path }) =>
      path.includes("/events-timeseries/") ? { kind: "reply", status: 500, body: "" } : undefined;
    const found = await count(world, issues);
    expect(found.get(issues[0]?.id ?? "")).toMatchObject({ source: "events" });
  });

  it("are unknown, not zero, where the token sees no project", async () => {
    const world = startSentry({ projects: [] });
    const issues = [{ id: "7", shortId: "SHOP-1" }];
    expect((await catchFailure(count(world, issues))).kind).toBe("not-found");
  });

  it("are empty, without a request, where the onset is not ingested yet", async ({ world }) => {
    const [issue] = recordIssues(world, [[0]]) as [BucketedIssue];
    const issues = [{ ...issue, since: new Date(world.clock.now()) }];
    const found = await count(world, issues);
    expect(found.get(issue.id)?.counts).toEqual([]);
    expect(world.simulator.requests).toHaveLength(0);
  });
});

describe("error events", () => {
  it("tell the release of each event, for many issues in one request", async ({ world }) => {
    const issues = recordIssues(world, [[50], [40]]);
    world.simulator.recordEvent({ event: crashEvent("E0", "f0"), at: world.clock.now() - 10 * MINUTE });
    const { rows } = await world.sentry.errorEvents(issues, window(world, 1));
    expect(rows.map(({ issueId, release }) => [issueId, release])).toEqual([
      [issues[0]?.id, null],
      [issues[1]?.id, "shop@1.0.0"],
      [issues[0]?.id, "shop@1.0.0"],
    ]);
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("say from when on they are complete", async ({ world }) => {
    const issues = recordIssues(world, [Array.from({ length: 150 }, (_, n) => 150 - n)]);
    const events = await world.sentry.errorEvents(issues, { ...window(world, 3), maxPages: 1 });
    expect(events.knownFrom.get(issues[0]?.id ?? "")).toBe(world.clock.now() - 100 * MINUTE + 1);
  });

  it("are narrowed to the environment", async ({ world }) => {
    const issues = recordIssues(world, [[50]]);
    world.simulator.recordEvent({
      event: crashEvent("E0", "f0"),
      environment: "staging",
      at: world.clock.now() - 5 * MINUTE,
    });
    const { rows } = await world.sentry.errorEvents(issues, {
      ...window(world, 1),
      environment: "production",
    });
    expect(rows).toHaveLength(1);
  });

  it("of no issue ask nothing", async ({ world }) => {
    expect((await world.sentry.errorEvents([], { start: new Date(0), end: new Date(DAY) })).rows).toEqual([]);
    expect(world.simulator.requests).toHaveLength(0);
  });
});
