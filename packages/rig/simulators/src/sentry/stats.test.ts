import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { SdkEvent } from "../index.ts";
import { openSentry } from "./testing/open-sentry.ts";

const CRASH: SdkEvent = { exception: { values: [{ type: "TypeError", value: "it broke" }] } };
const MINUTE = 60_000;

type Stats = {
  readonly intervals: readonly string[];
  readonly groups: readonly {
    readonly by: Readonly<Record<string, string>>;
    readonly series: Readonly<Record<string, readonly number[]>>;
  }[];
};

const STATS =
  "/stats_v2/?field=sum(quantity)&groupBy=outcome&groupBy=reason&category=error&interval=1h&statsPeriod=2h";

function open(options: Parameters<typeof openSentry>[0] = {}) {
  const opened = openSentry(options);
  const now = opened.clock.now();
  const record = (minutes: readonly number[], more: object = {}) =>
    opened.sentry.recordEvent({
      event: CRASH,
      instants: minutes.map((minute) => now + minute * MINUTE),
      ...more,
    });
  const counts = async () => {
    const { groups } = await opened.read<Stats>(STATS);
    return Object.fromEntries(
      groups.map(({ by, series }) => [`${by["outcome"]}:${by["reason"]}`, series["sum(quantity)"]]),
    );
  };
  const stored = () => opened.sentry.issues().flatMap(({ events }) => events).length;
  return { ...opened, now, record, counts, stored };
}

describe("statistics of what became of errors", () => {
  it("follow from the events, by hour of receipt", async () => {
    const { read, record, counts } = open();
    record([-90, -80, -5]);
    expect(await counts()).toEqual({ "accepted:none": [2, 1, 0] });
    expect((await read<Stats>(STATS)).intervals).toEqual([
      "2026-11-21T10:00:00Z",
      "2026-11-21T11:00:00Z",
      "2026-11-21T12:00:00Z",
    ]);
  });

  it("count what a spent quota drops, which is not stored", async () => {
    const { sentry, now, record, counts, stored } = open();
    sentry.addLeak({ outcome: "rate_limited", reason: "error_usage_exceeded", from: now - 60 * MINUTE });
    record([-90, -30, -20]);
    expect(await counts()).toEqual({
      "accepted:none": [1, 0, 0],
      "rate_limited:error_usage_exceeded": [0, 2, 0],
    });
    expect(stored()).toBe(1);
  });

  it("share events out evenly where a part is lost", async () => {
    const { sentry, record, counts } = open();
    sentry.addLeak({ outcome: "client_discard", reason: "sample_rate", share: 0.75 });
    record([-90, -85, -80, -75, -30, -25, -20, -15]);
    expect(await counts()).toEqual({ "accepted:none": [1, 1, 0], "client_discard:sample_rate": [3, 3, 0] });
  });

  it("let a filter drop what it concerns alone", async () => {
    const { sentry, record, counts } = open();
    sentry.addLeak({
      outcome: "filtered",
      reason: "releases",
      concerns: ({ release }) => release === "old",
    });
    record([-30], { release: "old" });
    record([-30], { release: "new" });
    expect(await counts()).toEqual({ "accepted:none": [0, 1, 0], "filtered:releases": [0, 1, 0] });
  });

  it("show a backlog once it is worked off, and the events not before", async () => {
    const { sentry, clock, now, record, counts, stored } = open();
    sentry.addDelay({ from: now, ms: 60 * MINUTE });
    record([5]);
    clock.advance(30 * MINUTE);
    expect([await counts(), stored()]).toEqual([{}, 0]);
    clock.advance(40 * MINUTE);
    expect([await counts(), stored()]).toEqual([{ "accepted:none": [0, 0, 1] }, 1]);
  });

  it("count what an SDK reports that it has discarded", async () => {
    const { sentry, counts } = open();
    const discarded = [
      { category: "error", reason: "before_send", quantity: 4 },
      { category: "transaction", reason: "sample_rate", quantity: 9 },
    ];
    const lines = [{}, { type: "client_report" }, { discarded_events: discarded }];
    const body = gzipSync(lines.map((line) => JSON.stringify(line)).join("\n"));
    const headers = { "content-encoding": "gzip" };
    const address = "https://sentry.io/api/42/envelope/?sentry_key=public42";
    await sentry.fetch(new Request(address, { method: "POST", body, headers }));
    expect(await counts()).toEqual({ "client_discard:before_send": [0, 0, 4] });
  });
});

describe("statistics are refused", () => {
  it("by a Sentry that is too old for them", async () => {
    const { ask } = open({ gaps: ["stats"] });
    expect((await ask(STATS)).status).toBe(404);
  });

  it("without org:read", async () => {
    const { ask } = open({ tokens: { reader: ["event:read"] } });
    expect((await ask(STATS)).status).toBe(403);
  });

  it("where no category is named", async () => {
    const { ask } = open();
    expect((await ask(STATS.replace("&category=error", ""))).status).toBe(400);
  });
});
