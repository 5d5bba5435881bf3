import { makeFailure } from "@patchpilot/http/testing";
import { operationKey } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { makeWorld, recordIn, said, scan } from "./testing/fake-ports.ts";
import { NOON, operation, slowed } from "./testing/spans.ts";

const KEY = operationKey("acme", "production", operation());

describe("a regression that Sentry found itself", () => {
  const regression = {
    issueId: "77",
    shortId: "SHOP-77",
    url: "https://acme.sentry.io/issues/77/",
    project: "shop",
    transaction: "GET /api/checkout",
    before: 909.77,
    after: 1711.36,
    firstSeen: null,
  };

  it("is the same incident as ours", async () => {
    const world = makeWorld({ courses: [slowed(3)], regressions: [regression] });
    const { outputs } = await scan(world);
    expect(outputs.opened).toHaveLength(1);
    expect(recordIn(world)).toMatchObject({ performance: { sentryIssue: "SHOP-77", source: "spans" } });
  });

  it("is opened with Sentry's numbers and breakpoint where spans do not suffice", async () => {
    const breakpoint = new Date("2026-11-19T05:00:00Z");
    const world = makeWorld({ regressions: [regression], breakpoint });
    await scan(world);
    expect(recordIn(world)).toMatchObject({
      key: KEY,
      performance: {
        source: "sentry",
        now: { p95: 1711.4 },
        before: { p95: 909.8 },
        breakpoint: breakpoint.toISOString(),
      },
    });
  });

  it("is not believed where enough spans show no rise", async () => {
    const world = makeWorld({ courses: [slowed(1)], regressions: [regression] });
    await scan(world);
    expect(world.drafts).toEqual([]);
  });

  it("is one incident where Sentry reports it twice", async () => {
    const world = makeWorld({ regressions: [regression, { ...regression, issueId: "78" }] });
    const { outputs } = await scan(world);
    expect([world.drafts.length, outputs.bottlenecks.length]).toEqual([1, 1]);
  });

  it("does not crowd out what was measured, however many old ones Sentry keeps", async () => {
    const regressions = Array.from({ length: 100 }, (_, index) => ({
      ...regression,
      issueId: String(index),
      transaction: `GET /gone/${index}`,
      firstSeen: new Date(NOON - index * HOUR).toISOString(),
    }));
    const world = makeWorld({ courses: [slowed(3)], regressions });
    const { outputs } = await scan(world);
    const judged = outputs.bottlenecks.map(({ transaction }) => transaction);
    expect(judged).toContain("GET /api/checkout");
    expect(judged).toContain("GET /gone/0");
    expect(judged).not.toContain("GET /gone/99");
  });

  it.each(["regressionsFail", "breakpointFails"] as const)("stops no scan: %s", async (fails) => {
    const gone = { ...regression, transaction: "GET /gone" };
    const world = makeWorld({ courses: [slowed(3)], regressions: [gone], [fails]: makeFailure("server") });
    const { outputs, lines } = await scan(world);
    expect(outputs.bottlenecks).toContainEqual(expect.objectContaining({ transaction: "GET /api/checkout" }));
    expect(said(lines)).toMatch(/Sentry's .*could not be read \(server\)/);
  });

  it("stops a scan whose token may not ask for it", async () => {
    const refused = makeFailure("forbidden", { happened: "refused it" });
    const world = makeWorld({ courses: [slowed(3)], regressionsFail: refused });
    await expect(scan(world)).rejects.toThrow("refused it");
  });

  it("is not asked for where the input says so", async () => {
    const world = makeWorld({ courses: [slowed(1)], regressions: [regression] });
    await scan(world, { "include-sentry-regressions": "false" });
    expect(world.asked).not.toContain("regressions");
  });
});
