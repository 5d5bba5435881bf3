import { HOUR, MINUTE } from "@patchpilot/time";

import { describe, expect } from "vitest";
import { crashEvent, it, type startSentry } from "./simulated-sentry.ts";

type World = ReturnType<typeof startSentry>;

const window = ({ clock }: World, hours: number) => ({
  start: new Date(clock.now() - hours * HOUR),
  end: new Date(clock.now()),
  environment: "production",
});
const total = (counts: readonly number[]) =>
  Math.round(counts.reduce((sum, count) => sum + count, 0) * 1e6) / 1e6;

describe("sessions by release", () => {
  it("are spread evenly over the hour they are counted in", async ({ world }) => {
    const at = world.clock.now() - 90 * MINUTE;
    world.simulator.recordSessions({ count: 120, release: "shop@1.0.0", at });
    const exposure = await world.sentry.sessionsByRelease(window(world, 2));
    expect(exposure.releases).toHaveLength(1);
    const [{ release, counts }] = exposure.releases as [(typeof exposure.releases)[number]];
    expect(release).toBe("shop@1.0.0");
    expect(counts.slice(0, 12)).toEqual(new Array(12).fill(10));
    expect(counts.slice(12)).toEqual(new Array(11).fill(0));
  });

  it("of the running hour are spread over the part of it that has passed", async ({ world }) => {
    world.clock.advance(32 * MINUTE);
    world.simulator.recordSessions({ count: 60, release: "shop@1.0.0", at: world.clock.now() - 10 * MINUTE });
    const exposure = await world.sentry.sessionsByRelease(window(world, 1));
    const counts = exposure.releases[0]?.counts ?? [];
    expect(counts.slice(-6)).toEqual(new Array(6).fill(10));
  });

  it("keep traffic without a release apart", async ({ world }) => {
    world.simulator.recordSessions({ count: 12, at: world.clock.now() - 90 * MINUTE });
    const exposure = await world.sentry.sessionsByRelease(window(world, 2));
    expect(exposure.releases.map(({ release }) => release)).toEqual([null]);
  });
});

describe("sessions of many weeks", () => {
  it("are counted in longer intervals than hours, which Sentry would refuse", async ({ world }) => {
    world.simulator.recordSessions({ count: 36, at: world.clock.now() - 90 * MINUTE });
    const exposure = await world.sentry.sessionsByRelease(window(world, 97 * 24));
    expect(exposure.width).toBe(3 * HOUR);
    expect(total(exposure.releases[0]?.counts ?? [])).toBe(36);
  });

  it("are counted by the hour up to 41 days", async ({ world }) => {
    expect((await world.sentry.sessionsByRelease(window(world, 41 * 24))).width).toBe(HOUR);
  });
});

describe("spans by release", () => {
  it("are extrapolated from what was sampled, and tell the rate", async ({ world }) => {
    const at = world.clock.now() - 33 * MINUTE;
    world.simulator.recordTransactions({ count: 50, sampleRate: 0.25, release: "shop@1.0.0", at });
    const exposure = await world.sentry.spansByRelease(window(world, 1));
    expect(exposure.releases.map(({ release, counts }) => [release, total(counts)])).toEqual([
      ["shop@1.0.0", 200],
    ]);
    expect(exposure.sampleRates[5]).toBe(0.25);
    expect(exposure.sampleRates[0]).toBeNull();
  });

  it("put releases beyond the ten busiest together", async ({ world }) => {
    const at = world.clock.now() - 30 * MINUTE;
    for (let n = 1; n <= 12; n += 1)
      world.simulator.recordTransactions({ count: n, release: `shop@${n}`, at });
    const exposure = await world.sentry.spansByRelease(window(world, 1));
    expect(exposure.releases).toHaveLength(10);
    expect(total(exposure.other)).toBe(1 + 2);
  });

  it("over ten days are asked at a width that Sentry does not widen", async ({ world }) => {
    const at = world.clock.now() - 30 * HOUR;
    world.simulator.recordTransactions({ count: 30, release: "shop@1.0.0", at });
    const exposure = await world.sentry.spansByRelease(window(world, 240));
    expect(new URL(`http://x${world.simulator.requests[0]?.path}`).searchParams.get("interval")).toBe("900");
    expect(total(exposure.releases[0]?.counts ?? [])).toBe(30);
  });

  it("are none, without a group, where nothing was traced", async ({ world }) => {
    world.simulator.recordEvent({ event: crashEvent("TypeError") });
    const exposure = await world.sentry.spansByRelease(window(world, 1));
    expect(exposure.releases).toEqual([]);
    expect(total(exposure.other)).toBe(0);
  });
});

describe("spans by transaction", () => {
  const monitor = { "user_agent.original": "Mozilla/5.0 (compatible; UptimeRobot/2.0)" };

  it("are those of the names that were asked for, extrapolated, without those of monitors", async ({
    world: { sentry, simulator, clock },
  }) => {
    const at = clock.now() - 33 * MINUTE;
    simulator.recordTransactions({ count: 50, sampleRate: 0.25, transaction: "POST /pay", at });
    simulator.recordTransactions({ count: 7, transaction: "GET /", at });
    simulator.recordTransactions({ count: 9, transaction: "POST /pay", attributes: monitor, at });
    simulator.recordTransactions({ count: 3, transaction: 'GET /"a"*', at });
    const transactions = ["POST /pay", 'GET /"a"*', "GET /none"];
    const start = new Date(clock.now() - HOUR);
    const found = await sentry.spansByTransaction({ transactions, start, end: new Date(clock.now()) });
    expect([...found].map(([name, { counts, samples }]) => [name, total(counts), samples])).toEqual([
      ["POST /pay", 200, 50],
      ['GET /"a"*', 3, 3],
    ]);
  });

  it("are asked for ten names at a time", async ({ world: { sentry, simulator, clock } }) => {
    const transactions = Array.from({ length: 25 }, (_, page) => `GET /page${page}`);
    for (const transaction of transactions)
      simulator.recordTransactions({ count: 2, transaction, at: clock.now() - 30 * MINUTE });
    const start = new Date(clock.now() - HOUR);
    const found = await sentry.spansByTransaction({ transactions, start, end: new Date(clock.now()) });
    expect([found.size, simulator.requests.length]).toEqual([25, 3]);
  });

  it("are not known where Sentry looked at a part of its data only", async ({
    world: { sentry, simulator, clock },
  }) => {
    simulator.recordTransactions({ count: 2, transaction: "GET /", at: clock.now() - 30 * MINUTE });
    simulator.setPartialScans(true);
    const window = { start: new Date(clock.now() - HOUR), end: new Date(clock.now()) };
    expect((await sentry.spansByTransaction({ transactions: ["GET /"], ...window })).size).toBe(0);
  });
});
